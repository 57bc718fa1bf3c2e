using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// Names of secrets and configs. Swarm changes neither: new content is a new one, so the name has a version at its end, which for a secret
/// <c>deploy.sh</c> puts there. A name has at most 64 characters.
/// </summary>
internal static class SwarmNames
{
    private const int Longest = 64;
    private const int Version = 17;

    /// <summary>Gets the variable by which <c>deploy.sh</c> marks a service with what it was deployed from.</summary>
    internal const string ContentVariable = "ASPIREDEPLOY_STACK_CONTENT";

    /// <summary>Gets the label that holds it.</summary>
    internal const string ContentLabel = "aspiredeploy.content";

    /// <summary>Returns the file of a service.</summary>
    internal static string File(string label) => $"stack.{label}.yaml";

    internal static string Secret(DeploymentPlan plan, Workload workload, MountedSecret secret) =>
        $"{Fitting(plan, DockerFiles.SecretName(workload, secret))}.${{{DockerFiles.SecretsVariable(workload)}:?./deploy.sh sets it}}";

    internal static string Config(DeploymentPlan plan, string name, string content) =>
        $"{Fitting(plan, name)}.{ContentHash.Long([content])}";

    /// <summary>
    /// Returns what a workload's content file is called in the file's own list of configs: its path, with a hash where that isn't the path
    /// as it is, or another's too.
    /// </summary>
    internal static string ConfigKey(Workload workload, ContentFile file)
    {
        var (dotted, key) = (Dotted(file.Path), Plain(Dotted(file.Path)));
        var isItsOwn = key == dotted && workload.Files.All(other => other.Path == file.Path || Dotted(other.Path) != dotted);
        // No workload's name has an underscore.
        return isItsOwn ? $"{workload.Label}{key}" : $"{workload.Label}_{ContentHash.Long([file.Path])}{key}";
    }

    /// <summary>Returns the label of the node that has the data.</summary>
    internal static string DataLabel(DeploymentPlan plan) => $"{plan.Name.ToLowerInvariant()}.data";

    private static string Fitting(DeploymentPlan plan, string name)
    {
        var whole = $"{plan.Name.ToLowerInvariant()}_{Plain(name)}";
        return whole.Length <= Longest - Version ? whole : $"{whole[..(Longest - Version - 17)]}-{ContentHash.Long([name])}";
    }

    private static string Dotted(string path) => path.Replace('/', '.');

    private static string Plain(string name) =>
        new([.. name.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')]);
}
