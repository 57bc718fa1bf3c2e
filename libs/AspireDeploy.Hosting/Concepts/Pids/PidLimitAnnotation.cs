using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// A limit on a replica's processes and threads, as <see cref="Aspire.Hosting.PidLimitBuilderExtensions.WithPidLimit"/> declares it.
/// </summary>
public sealed class PidLimitAnnotation : IResourceAnnotation
{
    internal PidLimitAnnotation(int limit) => Limit = limit;

    /// <summary>Gets how many processes and threads it has at most.</summary>
    public int Limit { get; }
}
