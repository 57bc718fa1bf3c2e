using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>Describes what an app and a job have in common: the container, its files, and who it is.</summary>
internal sealed class ContainerModel(Workload workload, AzureValues values, ModuleInputs inputs)
{
    /// <summary>Gets the profile of the environment that all of it runs on, for which nobody keeps machines.</summary>
    internal const string Profile = "Consumption";

    private const string SecretsVersionVariable = "SECRETS_VERSION";

    private readonly ContainerFiles _files = new(workload);

    /// <summary>Gets what differs when a secret does; null: it has none, or runs anew each time.</summary>
    internal BicepCode? SecretsVersion => workload.IsJob ? null : _files.Version(values);

    private bool IsProject => workload.Image is BuiltImage;

    /// <summary>Gets the identity of an app or a job: one that pulls the image, and that its process can't use.</summary>
    internal BicepObject? Identity => IsProject ? UserAssigned(inputs.PullIdentity) : null;

    /// <summary>Returns an identity that stands on its own.</summary>
    internal static BicepObject UserAssigned(BicepCode identity)
    {
        var identities = new BicepObject();
        identities.Add(identity, new BicepObject());
        return new() { { "type", "UserAssigned" }, { "userAssignedIdentities", identities } };
    }

    /// <summary>Adds what a configuration has of the image's registry and of secrets.</summary>
    internal void Configure(BicepObject configuration)
    {
        if (IsProject)
        {
            configuration.Add(
                "identitySettings",
                new BicepArray
                {
                    new BicepObject { { "identity", inputs.PullIdentity }, { "lifecycle", "None" } },
                }
            );
            configuration.Add(
                "registries",
                new BicepArray
                {
                    new BicepObject { { "server", inputs.Registry }, { "identity", inputs.PullIdentity } },
                }
            );
        }
        configuration.Add("secrets", _files.Secrets(values));
    }

    /// <summary>Returns the container.</summary>
    internal BicepObject Container()
    {
        var (command, arguments) = DataOwner.Hold(workload)
            ?? (
                new BicepArray(workload.Entrypoint.Select(static word => (BicepValue)AzureValues.Escape(word))),
                ContainerUser.Arguments(workload)
            );
        return new()
        {
            { "name", workload.Label },
            { "image", workload.Image is ImageReference reference ? reference.ToString() : inputs.Image(workload) },
            { "command", command.OrNothing },
            { "args", new BicepArray(arguments.Select(argument => values.WriteFilledIn(MountedSecrets.In(workload, argument)))).OrNothing },
            { "env", Environment() },
            { "resources", (ContainerSize.For(workload) ?? ContainerSize.Largest).Write() },
            { "probes", workload.IsJob ? null : ContainerProbe.Write(workload) },
            { "volumeMounts", _files.Mounts() },
        };
    }

    /// <summary>Returns the volumes; null: there are none.</summary>
    internal BicepArray? Volumes() => _files.Volumes();

    private BicepArray? Environment()
    {
        var variables = new SortedDictionary<string, BicepObject>(StringComparer.Ordinal);
        foreach (var variable in workload.Environment.Where(static variable => !variable.HoldsSecret))
            variables[variable.Name] = new() { { "name", variable.Name }, { "value", values.WriteFilledIn(variable.Value) } };
        foreach (var file in MountedSecrets.FilesOf(workload))
        {
            if (file.Variable is { } name)
                variables[name] = new() { { "name", name }, { "value", file.Path } };
        }
        if (MountedSecrets.SettingOf(workload) is var (setting, directory))
            variables.TryAdd(setting, new() { { "name", setting }, { "value", directory } });
        if (SecretsVersion is { } version)
            variables.TryAdd(SecretsVersionVariable, new() { { "name", SecretsVersionVariable }, { "value", version } });
        foreach (var variable in Secrets.UndeliverableOf(workload))
            variables[variable.Name] = new() { { "name", variable.Name }, { "secretRef", ContainerFiles.SecretOf(variable) } };
        return new BicepArray(variables.Values).OrNothing;
    }
}
