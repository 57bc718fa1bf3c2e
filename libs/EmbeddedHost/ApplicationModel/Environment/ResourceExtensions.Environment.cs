using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>The callbacks that set environment variables of the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="environmentVariables">The callbacks, if there are any.</param>
    /// <returns>Whether there are any.</returns>
    public static bool TryGetEnvironmentVariables(
        this IResource resource,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables) =>
        resource.TryGetAnnotationsOfType(out environmentVariables);

    /// <summary>Finds out the environment variables that the resource would be started or published with.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="applicationOperation">Whether values are wanted (run) or expressions (publish).</param>
    /// <returns>The variables.</returns>
    [Obsolete("Use ExecutionConfigurationBuilder.")]
    public static async ValueTask<Dictionary<string, string>> GetEnvironmentVariableValuesAsync(
        this IResourceWithEnvironment resource,
        DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var context = new DistributedApplicationExecutionContext(applicationOperation);
        var configuration = await ResolvedConfiguration.OfAsync(resource, context, NullLogger.Instance, CancellationToken.None).ConfigureAwait(false);
        return configuration.Environment.ToDictionary(v => v.Key, v => v.Value.Text!);
    }

    /// <summary>Finds out the arguments that the resource would be started or published with.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="applicationOperation">Whether values are wanted (run) or expressions (publish).</param>
    /// <returns>The arguments.</returns>
    [Obsolete("Use ExecutionConfigurationBuilder.")]
    public static async ValueTask<string[]> GetArgumentValuesAsync(
        this IResourceWithArgs resource,
        DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var context = new DistributedApplicationExecutionContext(applicationOperation);
        var arguments = await ResolvedConfiguration.GatherArgumentsAsync(resource, context, NullLogger.Instance, CancellationToken.None).ConfigureAwait(false);
        var values = new List<string>();
        foreach (var argument in arguments)
        {
            if ((await ResolvedConfiguration.ValueAsync(resource, argument, context, CancellationToken.None).ConfigureAwait(false)).Text is { } value)
            {
                values.Add(value);
            }
        }

        return [.. values];
    }

    /// <summary>Finds out the environment variables of the resource one by one.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="executionContext">What the AppHost was started for.</param>
    /// <param name="processValue">Given each variable's name, what was declared, its value, and why there is none.</param>
    /// <param name="logger">Given to the callbacks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that ends with the last variable.</returns>
    [Obsolete("Use ExecutionConfigurationBuilder.")]
    public static async ValueTask ProcessEnvironmentVariableValuesAsync(
        this IResource resource,
        DistributedApplicationExecutionContext executionContext,
        Action<string, object?, string?, Exception?> processValue,
        ILogger logger,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(processValue);
        foreach (var (name, declared) in await ResolvedConfiguration.GatherEnvironmentAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false))
        {
            var (found, failure) = await TryResolveAsync(resource, declared, executionContext, cancellationToken).ConfigureAwait(false);
            if (failure is not null || found?.Text is not null)
            {
                processValue(name, declared, found?.Text, failure);
            }
        }
    }

    /// <summary>Finds out the arguments of the resource one by one.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="executionContext">What the AppHost was started for.</param>
    /// <param name="processValue">Given what was declared, its value, why there is none, and whether it is secret.</param>
    /// <param name="logger">Given to the callbacks.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that ends with the last argument.</returns>
    [Obsolete("Use ExecutionConfigurationBuilder.")]
    public static async ValueTask ProcessArgumentValuesAsync(
        this IResource resource,
        DistributedApplicationExecutionContext executionContext,
        Action<object?, string?, Exception?, bool> processValue,
        ILogger logger,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(processValue);
        foreach (var declared in await ResolvedConfiguration.GatherArgumentsAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false))
        {
            var (found, failure) = await TryResolveAsync(resource, declared, executionContext, cancellationToken).ConfigureAwait(false);
            if (failure is not null || found?.Text is not null)
            {
                processValue(declared, found?.Text, failure, found is { IsSecret: true });
            }
        }
    }

    private static async Task<(ResolvedValue? Found, Exception? Failure)> TryResolveAsync(
        IResource resource,
        object declared,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken)
    {
        try
        {
            return (await ResolvedConfiguration.ValueAsync(resource, declared, executionContext, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (null, e);
        }
    }
}
