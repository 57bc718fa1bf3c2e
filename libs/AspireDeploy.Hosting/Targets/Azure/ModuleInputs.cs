using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Describes what a module is given: the parameters that are asked of it here, and what whoever deploys it fills in for each.
/// </summary>
/// <param name="options">What was chosen of the target.</param>
internal sealed class ModuleInputs(AzureContainerAppsOptions options)
{
    private readonly SortedDictionary<string, (BicepParameter Parameter, ModuleArgument Argument)> _inputs = new(StringComparer.Ordinal);

    /// <summary>Gets what the name of a module's parameter begins with that stands for one of the plan's.</summary>
    internal const string ParameterPrefix = "parameter_";

    /// <summary>Gets what the name of a module's parameter begins with that is a secret.</summary>
    internal const string SecretPrefix = "secret_";

    /// <summary>Gets the parameter <c>location</c>, which every module has: that of the resource group.</summary>
    internal static BicepParameter Location { get; } =
        new("location", "Where it is.") { Default = new BicepCode("resourceGroup().location") };

    /// <summary>Gets the parameters, in order.</summary>
    internal IReadOnlyList<BicepParameter> Parameters => [Location, .. _inputs.Values.Select(static input => input.Parameter)];

    /// <summary>Gets what they are given.</summary>
    internal IReadOnlyDictionary<string, ModuleArgument> Arguments =>
        _inputs.ToDictionary(static input => input.Key, static input => input.Value.Argument);

    /// <summary>Gets the resource in the manifest that is the environment.</summary>
    internal string EnvironmentModule => options.Name;

    /// <summary>Gets the environment that apps and jobs are in.</summary>
    internal BicepCode Environment => Output(options.Name, Azure.EnvironmentModule.EnvironmentId, "environmentId", "The environment.");

    /// <summary>Gets the environment's own domain.</summary>
    internal BicepCode Domain => Output(options.Name, Azure.EnvironmentModule.Domain, "domain", "The environment's own domain.");

    /// <summary>Gets the registry that projects' images are in.</summary>
    internal BicepCode Registry =>
        Output(options.Name, Azure.EnvironmentModule.Registry, "registry", "The registry of the projects' images.");

    /// <summary>Gets the identity that may pull them.</summary>
    internal BicepCode PullIdentity =>
        Output(options.Name, Azure.EnvironmentModule.PullIdentity, "pullIdentity", "The identity that pulls images.");

    /// <summary>Gets the identity that may start jobs.</summary>
    internal BicepCode JobsIdentity =>
        Output(
            options.Name,
            Azure.EnvironmentModule.JobsIdentity,
            "jobsIdentity",
            "The identity that starts jobs and reads how they ended."
        );

    /// <summary>Gets the identity that may end revisions.</summary>
    internal BicepCode UpdatesIdentity =>
        Output(options.Name, Azure.EnvironmentModule.UpdatesIdentity, "updatesIdentity", "The identity that ends revisions.");

    /// <summary>Returns what another module tells once it is deployed.</summary>
    internal BicepCode Output(string resource, string output, string parameter, string description) =>
        Add(new(parameter, description), new OutputArgument(resource, output));

    /// <summary>Returns the image that was made of a project and pushed.</summary>
    internal BicepCode Image(Workload workload) => Add(new("image", $"The image of {workload.Name}."), new ImageArgument(workload.Name));

    /// <summary>Returns a secret's value.</summary>
    internal BicepCode Secret(string name) =>
        Add(
            new($"{SecretPrefix}{AzureNames.Identifier(name)}", $"The secret {name}.") { Secure = true },
            new ValueArgument(name, IsSecret: true)
        );

    /// <summary>Returns a parameter's value.</summary>
    internal BicepCode Parameter(string name) =>
        Add(new($"{ParameterPrefix}{AzureNames.Identifier(name)}", $"The parameter {name}."), new ValueArgument(name, IsSecret: false));

    private BicepCode Add(BicepParameter parameter, ModuleArgument argument)
    {
        _inputs.TryAdd(parameter.Name, (parameter, argument));
        return new(parameter.Name);
    }
}
