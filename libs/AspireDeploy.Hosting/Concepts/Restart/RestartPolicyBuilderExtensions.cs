using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;

namespace Aspire.Hosting;

/// <summary>Declares restarts.</summary>
public static class RestartPolicyBuilderExtensions
{
    /// <summary>
    /// Says what happens when a process of the resource ends by itself. A person's stop isn't an end by itself. What isn't said is left to
    /// whoever enforces it: the engine that it is deployed to has a back-off of its own, and publishing says which.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="mode">When it is started again. On a job that others wait for to complete, never or on failure.</param>
    /// <param name="maxAttempts">How many times in a row, for <see cref="RestartMode.OnFailure"/>; without end if null.</param>
    /// <param name="initialBackoff">The wait before the first restart; it doubles with each one that follows.</param>
    /// <param name="maxBackoff">The longest wait; 5 minutes, or <paramref name="initialBackoff"/> if that is longer, if null. Only with
    /// <paramref name="initialBackoff"/>.</param>
    /// <param name="resetAfter">How long a process must have run for its next end to count as the first.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">An attempt or a time isn't more than 0, or one is given that the mode doesn't
    /// use.</exception>
    public static IResourceBuilder<T> WithRestartPolicy<T>(
        this IResourceBuilder<T> builder,
        RestartMode mode,
        int? maxAttempts = null,
        TimeSpan? initialBackoff = null,
        TimeSpan? maxBackoff = null,
        TimeSpan? resetAfter = null
    )
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = $"{builder.Resource.Name}.restart";
        if (maxBackoff is not null && initialBackoff is null)
            throw DeclarationMistake.At($"{path}.backoff", "has a longest wait but no first one; give initialBackoff too");
        var waits = initialBackoff is { } first
            ? new BackOff(first, maxBackoff ?? (first > DefaultMaximum ? first : DefaultMaximum))
            : null;
        var policy = new RestartPolicy(mode, maxAttempts, waits) { ResetAfter = resetAfter };
        var errors = new List<PlanError>();
        WorkloadValidation.CheckRestart(errors, path, policy);
        DeclarationMistake.ThrowFirst(errors);
        return builder.WithConcept(new RestartPolicyAnnotation(policy));
    }

    private static TimeSpan DefaultMaximum { get; } = TimeSpan.FromMinutes(5);
}
