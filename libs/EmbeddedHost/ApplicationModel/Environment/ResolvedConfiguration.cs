using System.Globalization;
using Aspire.Hosting.BackingServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The environment variables and arguments that a resource is started with, every value known.</summary>
/// <param name="Environment">The variables.</param>
/// <param name="Arguments">The arguments, in their order.</param>
internal sealed record ResolvedConfiguration(IReadOnlyDictionary<string, ResolvedValue> Environment, IReadOnlyList<ResolvedValue> Arguments)
{
    /// <summary>Runs the resource's callbacks, and waits until every value is known.</summary>
    /// <exception cref="DistributedApplicationException">A value can't be had; the message says of which variable or argument.</exception>
    public static async Task<ResolvedConfiguration> OfAsync(IResource resource, DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var variables = new EnvironmentCallbackContext(executionContext, resource, [], cancellationToken) { Logger = logger };
        foreach (var callback in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(variables).ConfigureAwait(false);
        }

        var arguments = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        foreach (var callback in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(arguments).ConfigureAwait(false);
        }

        var context = new ValueProviderContext { ExecutionContext = executionContext, Caller = resource, Network = NetworkOf(resource) };
        var environment = await Task.WhenAll(variables.EnvironmentVariables.Select(async variable =>
            (variable.Key, Value: await ValueAsync(resource, $"environment variable {variable.Key}", variable.Value, context, cancellationToken).ConfigureAwait(false)))).ConfigureAwait(false);
        var args = await Task.WhenAll(arguments.Args.Select((argument, index) =>
            ValueAsync(resource, $"argument {index + 1}", argument, context, cancellationToken))).ConfigureAwait(false);
        return new(
            environment.Where(variable => variable.Value.Text is not null).ToDictionary(variable => variable.Key, variable => variable.Value),
            [.. args.Where(argument => argument.Text is not null)]);
    }

    private static NetworkIdentifier NetworkOf(IResource resource) =>
        resource is ContainerResource && !resource.Annotations.OfType<ProcessBackingAnnotation>().Any()
            ? KnownNetworkIdentifiers.DefaultAspireContainerNetwork
            : KnownNetworkIdentifiers.LocalhostNetwork;

    private static async Task<ResolvedValue> ValueAsync(IResource resource, string what, object value, ValueProviderContext context, CancellationToken cancellationToken)
    {
        try
        {
            var text = value switch
            {
                string known => known,
                IValueProvider provider => await provider.GetValueAsync(context, cancellationToken).ConfigureAwait(false),
                IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(context, cancellationToken).ConfigureAwait(false),
                IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString(),
            };
            return new(text, Secrets.IsSecret(value));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new DistributedApplicationException($"{resource.Name}: {what}: {e.Message}", e);
        }
    }
}

/// <summary>A value, and whether it is made from a secret.</summary>
internal readonly record struct ResolvedValue(string? Text, bool IsSecret);
