using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>What happens when a resource's process ends, as <see cref="Aspire.Hosting.RestartPolicyBuilderExtensions.WithRestartPolicy"/> declares it.</summary>
/// <param name="policy">When it is started again, how often, and after which waits.</param>
public sealed class RestartPolicyAnnotation(RestartPolicy policy) : IResourceAnnotation
{
    /// <summary>When it is started again, how often, and after which waits.</summary>
    public RestartPolicy Policy { get; } = policy;
}
