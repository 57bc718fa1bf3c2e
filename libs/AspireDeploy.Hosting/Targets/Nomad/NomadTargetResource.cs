using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Nomad;

/// <summary>Nomad in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class NomadTargetResource(string name) : TargetResource(name)
{
    /// <summary>Gets or sets what was chosen of it.</summary>
    internal NomadOptions Options { get; set; } = new() { Name = name };

    /// <inheritdoc />
    internal override ITarget Target => new NomadTarget(Options);

    /// <inheritdoc />
    internal override ScriptedDeployment Deployment =>
        PlainSettings.Deployment with
        {
            Overrides = ["*.job.override.hcl", "*.group.override.hcl", "*.task.override.hcl"],
        };
}
