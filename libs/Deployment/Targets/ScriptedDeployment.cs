using AspireDeploy.Plan;

namespace AspireDeploy.Targets;

/// <summary>How a target's published folder is deployed from here: by the scripts in it, which people without the AppHost run too.</summary>
/// <param name="Settings">The file of settings, in the folder: <c>.env</c>.</param>
/// <param name="ImageSetting">The setting that says which image a project's workload runs.</param>
public sealed record ScriptedDeployment(string Settings, Func<Workload, string> ImageSetting)
{
    /// <summary>What deploys; also what updates.</summary>
    public string DeployScript { get; init; } = "deploy.sh";

    /// <summary>What makes the secrets that can be made, and asks for the others where a person is there.</summary>
    public string SecretsScript { get; init; } = "secrets.sh";

    /// <summary>What takes the deployment away, and with <c>--volumes</c> its data too.</summary>
    public string DestroyScript { get; init; } = "destroy.sh";

    /// <summary>Whether images must be in a registry, as there are machines that don't have what was built on this one. False unless said.</summary>
    public bool NeedsRegistry { get; init; }
}
