namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says what references to other resources put in the environment.</summary>
/// <param name="flags">What.</param>
public sealed class ReferenceEnvironmentInjectionAnnotation(ReferenceEnvironmentInjectionFlags flags) : IResourceAnnotation
{
    /// <summary>What.</summary>
    public ReferenceEnvironmentInjectionFlags Flags { get; } = flags;
}
