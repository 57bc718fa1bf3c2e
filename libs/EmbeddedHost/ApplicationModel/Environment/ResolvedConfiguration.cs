using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The environment and the arguments that a resource is started with. This is where the orchestrator gets them:
/// <see cref="OfAsync"/> runs the callbacks and waits for every value, all of them at once.
/// </summary>
/// <param name="Environment">The variables by their names.</param>
/// <param name="Arguments">The arguments in their order.</param>
internal sealed record ResolvedConfiguration(IReadOnlyDictionary<string, ResolvedValue> Environment, IReadOnlyList<ResolvedValue> Arguments)
{
    /// <param name="resource">The resource.</param>
    /// <param name="executionContext">The running or publishing application.</param>
    /// <param name="logger">The resource's log.</param>
    /// <param name="cancellationToken">Ends the wait for values.</param>
    /// <param name="prepare">Sees what was declared before any value of it is found out.</param>
    /// <exception cref="DistributedApplicationException">A value can't be found out; the message says of which resource and variable.</exception>
    public static async Task<ResolvedConfiguration> OfAsync(
        IResource resource,
        DistributedApplicationExecutionContext executionContext,
        ILogger logger,
        CancellationToken cancellationToken,
        Func<IEnumerable<object>, Task>? prepare = null)
    {
        var variables = await GatherEnvironmentAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false);
        var arguments = await GatherArgumentsAsync(resource, executionContext, logger, cancellationToken).ConfigureAwait(false);
        if (prepare is not null)
        {
            await prepare(variables.Values.Concat(arguments)).ConfigureAwait(false);
        }

        var environment = variables.Select(async variable =>
        {
            var subject = $"{resource.Name}: environment variable {variable.Key}";
            return (variable.Key, Value: await NamedValueAsync(subject, resource, variable.Value, executionContext, cancellationToken).ConfigureAwait(false));
        }).ToList();
        var args = arguments
            .Select((argument, i) => NamedValueAsync($"{resource.Name}: argument {i + 1}", resource, argument, executionContext, cancellationToken))
            .ToList();
        await Task.WhenAll([.. environment, .. args]).ConfigureAwait(false);

        return new(
            environment.Select(v => v.Result).Where(v => v.Value.Text is not null).ToDictionary(v => v.Key, v => v.Value),
            [.. args.Select(a => a.Result).Where(a => a.Text is not null)]);
    }

    /// <summary>The variables as declared: strings, and objects whose value is not found out yet.</summary>
    public static async Task<Dictionary<string, object>> GatherEnvironmentAsync(
        IResource resource,
        DistributedApplicationExecutionContext executionContext,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, resource, [], cancellationToken) { Logger = logger };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return context.EnvironmentVariables;
    }

    /// <summary>The arguments as declared: strings, and objects whose value is not found out yet.</summary>
    public static async Task<IList<object>> GatherArgumentsAsync(
        IResource resource,
        DistributedApplicationExecutionContext executionContext,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var context = new CommandLineArgsCallbackContext(new List<object>(), resource, cancellationToken) { Logger = logger, ExecutionContext = executionContext };
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return context.Args;
    }

    /// <summary>The value of what was declared: found out when running, its expression when publishing.</summary>
    public static async ValueTask<ResolvedValue> ValueAsync(
        IResource resource,
        object? declared,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken) =>
        (declared is IResourceBuilder<IResource> builder ? builder.Resource : declared) switch
        {
            string text => new(text, false),
            IValueProvider value when executionContext.IsRunMode =>
                await ValueResolver.ResolveAsync(value, new() { ExecutionContext = executionContext, Caller = resource }, cancellationToken).ConfigureAwait(false),
            IManifestExpressionProvider value when executionContext.IsPublishMode => new(value.ValueExpression, false),
            var other => new(Convert.ToString(other, System.Globalization.CultureInfo.InvariantCulture), false),
        };

    private static async Task<ResolvedValue> NamedValueAsync(
        string subject,
        IResource resource,
        object? declared,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ValueAsync(resource, declared, executionContext, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DistributedApplicationException($"{subject}: {e.Message}", e);
        }
    }
}
