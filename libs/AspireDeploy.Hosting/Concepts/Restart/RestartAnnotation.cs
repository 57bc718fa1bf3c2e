using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Plan;

namespace AspireDeploy;

/// <summary>What happens when a resource's process ends, as <see cref="RestartBuilderExtensions.WithRestart"/> declares it.</summary>
/// <param name="policy">When it is started again, how often, and after which waits.</param>
public sealed class RestartAnnotation(RestartPolicy policy) : IResourceAnnotation
{
    /// <summary>When it is started again, how often, and after which waits.</summary>
    public RestartPolicy Policy { get; } = policy;
}
