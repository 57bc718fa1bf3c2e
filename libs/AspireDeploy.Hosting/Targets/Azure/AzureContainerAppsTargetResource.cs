using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Azure;

/// <summary>Azure Container Apps in the declaration.</summary>
/// <param name="name">The resource's name, which is its folder's.</param>
public sealed class AzureContainerAppsTargetResource(string name) : TargetResource(name)
{
    /// <summary>Gets or sets what was chosen of it.</summary>
    internal AzureContainerAppsOptions Options { get; set; } = new() { Name = name };

    /// <inheritdoc />
    internal override ITarget Target => new AzureContainerAppsTarget(Options with { Registry = Registry });

    /// <inheritdoc />
    internal override ScriptedDeployment Deployment => PlainSettings.Deployment with { IsServedAsDeclared = false };
}
