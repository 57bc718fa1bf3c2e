namespace AspireDeploy.Targets.Nomad;

/// <summary>Nomad in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class NomadTargetResource(string name) : TargetResource(name)
{
    /// <summary>What was chosen of it.</summary>
    public NomadOptions Options { get; internal set; } = new() { Name = name };

    /// <inheritdoc />
    public override ITarget Target => new NomadTarget(Options);

    /// <inheritdoc />
    public override ScriptedDeployment? Deployment => PlainSettings.Deployment;
}
