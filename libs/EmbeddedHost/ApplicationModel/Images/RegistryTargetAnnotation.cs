using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says that a resource's image can be pushed to a registry.</summary>
/// <param name="registry">The registry.</param>
[Experimental("ASPIRECOMPUTE003")]
public class RegistryTargetAnnotation(IContainerRegistry registry) : IResourceAnnotation
{
    /// <summary>The registry.</summary>
    public IContainerRegistry Registry { get; } = registry ?? throw new ArgumentNullException(nameof(registry));
}
