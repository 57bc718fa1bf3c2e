using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>
/// Describes what happens when a resource's process ends, as <see cref="Aspire.Hosting.RestartPolicyBuilderExtensions.WithRestartPolicy"/>
/// declares it.
/// </summary>
public sealed class RestartPolicyAnnotation : IResourceAnnotation
{
    internal RestartPolicyAnnotation(RestartPolicy policy) => Policy = policy;

    /// <summary>Gets when it is started again.</summary>
    public RestartMode Mode => Policy.Mode;

    /// <summary>Gets how often it is started again at most; null: without end.</summary>
    public int? MaxAttempts => Policy.MaxAttempts;

    /// <summary>Gets the wait before the first new start; null: the host's or the target's own.</summary>
    public TimeSpan? InitialBackoff => Policy.BackOff?.Initial;

    /// <summary>Gets the longest wait, which the wait doubles up to; null: the host's or the target's own.</summary>
    public TimeSpan? MaxBackoff => Policy.BackOff?.Maximum;

    /// <summary>Gets how long it must have run for its failures to be forgotten; null: the host's or the target's own.</summary>
    public TimeSpan? ResetAfter => Policy.ResetAfter;

    internal RestartPolicy Policy { get; }
}
