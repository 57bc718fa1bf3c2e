using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;

namespace Aspire.Hosting;

/// <summary>
/// Provides extension methods that declare how long a resource may take where it is deployed. They have no effect on a local run.
/// </summary>
public static class TimeoutBuilderExtensions
{
    /// <summary>
    /// Sets how long a service may take to become ready for the first time before its deployment counts as failed. Defaults to 5 minutes; a
    /// startup probe's own time wins.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="timeout">The time, more than 0.</param>
    /// <returns>The resource builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="timeout"/> isn't more than 0.</exception>
    /// <example>
    /// <code>
    /// builder.AddProject&lt;Projects.Search&gt;("search")
    ///     .WithStartTimeout(TimeSpan.FromMinutes(10));
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithStartTimeout<T>(this IResourceBuilder<T> builder, TimeSpan timeout)
        where T : IComputeResource => builder.Set("start", timeout, static (timeouts, time) => timeouts.Start = time);

    /// <summary>
    /// Sets how long a process gets between being asked to stop and being killed. Defaults to 30 seconds, and to a minute for databases
    /// that are known.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="timeout">The time, more than 0.</param>
    /// <returns>The resource builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="timeout"/> isn't more than 0.</exception>
    /// <example>
    /// <code>
    /// builder.AddProject&lt;Projects.Worker&gt;("worker")
    ///     .WithStopTimeout(TimeSpan.FromMinutes(2));
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithStopTimeout<T>(this IResourceBuilder<T> builder, TimeSpan timeout)
        where T : IComputeResource => builder.Set("stop", timeout, static (timeouts, time) => timeouts.Stop = time);

    /// <summary>
    /// Sets how long a job, which others wait for to complete, may run before it counts as failed. Defaults to 10 minutes.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="timeout">The time, more than 0.</param>
    /// <returns>The resource builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="timeout"/> isn't more than 0.</exception>
    /// <example>
    /// <code>
    /// builder.AddProject&lt;Projects.Migrator&gt;("migrator")
    ///     .WithJobTimeout(TimeSpan.FromHours(1));
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithJobTimeout<T>(this IResourceBuilder<T> builder, TimeSpan timeout)
        where T : IComputeResource => builder.Set("job", timeout, static (timeouts, time) => timeouts.Job = time);

    private static IResourceBuilder<T> Set<T>(
        this IResourceBuilder<T> builder,
        string name,
        TimeSpan timeout,
        Action<TimeoutsAnnotation, TimeSpan> set
    )
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (timeout <= TimeSpan.Zero)
            throw DeclarationMistake.At($"{builder.Resource.Name}.{name}Timeout", $"{Durations.Print(timeout)} isn't more than 0");
        if (!builder.Resource.TryGetLastAnnotation<TimeoutsAnnotation>(out var timeouts))
            builder.WithDeclarationCheck().WithAnnotation(timeouts = new());
        set(timeouts, timeout);
        return builder;
    }
}
