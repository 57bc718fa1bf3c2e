using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// Describes how long a resource may take where it is deployed, as <see cref="Aspire.Hosting.TimeoutBuilderExtensions"/> declares it.
/// </summary>
internal sealed class TimeoutsAnnotation : IResourceAnnotation
{
    /// <summary>Gets the time that a service may take to become ready for the first time; null: not declared.</summary>
    internal TimeSpan? Start { get; set; }

    /// <summary>Gets the time between being asked to stop and being killed; null: not declared.</summary>
    internal TimeSpan? Stop { get; set; }

    /// <summary>Gets the time that a job may run; null: not declared.</summary>
    internal TimeSpan? Job { get; set; }
}
