using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>
/// Describes how a target's published folder is deployed from here: by the scripts in it, which people without the AppHost run too.
/// </summary>
/// <param name="Settings">The file of settings, in the folder: <c>.env</c>.</param>
internal sealed record ScriptedDeployment(string Settings)
{
    /// <summary>
    /// Gets a value that indicates whether a value may stand in quotes in the file of settings, which are none of its own. Defaults to
    /// true.
    /// </summary>
    public bool SettingsAreQuoted { get; init; } = true;

    /// <summary>
    /// Gets what a person is told, before it is deployed, of what they have set: from the file's text, and the plan with the images that
    /// were built. Defaults to nothing.
    /// </summary>
    public Func<string, DeploymentPlan, IEnumerable<string>> Remarks { get; init; } = static (_, _) => [];

    /// <summary>
    /// Gets the files that a person may put into the folder and the scripts apply: a path, or a name with <c>*</c> in it. Defaults to none.
    /// </summary>
    public EquatableArray<string> Overrides { get; init; }

    /// <summary>
    /// Gets what deploys; also what updates. With <c>--check</c> it only finds out whether there is something to deploy to.
    /// </summary>
    public string DeployScript { get; init; } = "deploy.sh";

    /// <summary>
    /// Gets a value that indicates whether what deploys takes <c>--dry-run</c>, which shows what would change. Defaults to false.
    /// </summary>
    public bool HasDryRun { get; init; }

    /// <summary>Gets what makes the secrets that can be made, and asks for the others where a person is there.</summary>
    public string SecretsScript { get; init; } = "secrets.sh";

    /// <summary>
    /// Gets whether the gateway is served under the host that is declared, which a deployment tells at its end. Defaults to true; where it
    /// may be another, the script tells.
    /// </summary>
    public bool IsServedAsDeclared { get; init; } = true;

    /// <summary>Gets what shows what runs; null: nothing does.</summary>
    public string? StatusScript { get; init; }

    /// <summary>Gets what takes the deployment away, and with <c>--volumes</c> its data too.</summary>
    public string DestroyScript { get; init; } = "destroy.sh";
}
