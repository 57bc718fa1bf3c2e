using AspireDeploy.Starting;
using AspireDeploy.Stopping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Provides an extension method to stop applications in order on a developer's machine.</summary>
public static class OrderedStopBuilderExtensions
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>
    /// Stops a resource only when every resource that waits for it has stopped: services before their database. Aspire 13.6 stops
    /// everything at the same time, after the AppHost has ended. Publishing is not affected.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <example>
    /// <code>
    /// builder.WithOrderedStop();
    /// </code>
    /// </example>
    public static IDistributedApplicationBuilder WithOrderedStop(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        StartChecks.AddTo(builder);
        if (builder.ExecutionContext.IsRunMode)
        {
            builder.Services.AddHostedService<OrderedStop>();
            // Of a start that a signal has cancelled the host says that it failed, with a stack trace.
            builder.Services.AddLogging(static logging =>
                logging.AddFilter(Host, static level =>
                    level >= LogLevel.Information && !(level == LogLevel.Error && StopSignals.AreReceived)
                )
            );
        }

        return builder;
    }
}
