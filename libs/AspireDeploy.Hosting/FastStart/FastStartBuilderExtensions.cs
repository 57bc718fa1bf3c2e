using Aspire.Hosting.Lifecycle;
using AspireDeploy;
using AspireDeploy.FastStart;
using AspireDeploy.Starting;

namespace Aspire.Hosting;

/// <summary>Provides an extension method to start applications faster on a developer's machine.</summary>
public static class FastStartBuilderExtensions
{
    /// <summary>Starts the application faster on a developer's machine, without changing what runs. Publishing is not affected.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="configure">Leaves single measures out; each says which version of Aspire made it necessary. Defaults to all of
    /// them.</param>
    /// <returns>The builder, for further calls.</returns>
    /// <example>
    /// <code>
    /// builder.WithFastStart();
    /// builder.WithFastStart(options => options.StartBuiltProjects = false);
    /// </code>
    /// </example>
    public static IDistributedApplicationBuilder WithFastStart(
        this IDistributedApplicationBuilder builder,
        Action<FastStartOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new FastStartOptions();
        configure?.Invoke(options);
        StartChecks.AddTo(builder);
        if (!builder.ExecutionContext.IsRunMode)
        {
            return builder;
        }

        if (options.KeepOrchestratorCertificate)
        {
            OrchestratorCertificate.AddTo(builder.Services);
        }

        if (options.StartBuiltProjects)
        {
            builder.Services.TryAddEventingSubscriber<BuiltProjects>();
        }

        if (options.AskHealthPromptly)
        {
            builder.Services.TryAddEventingSubscriber<PromptHealthChecks>();
        }

        if (options.OmitUnusedTelemetry)
        {
            builder.Services.TryAddEventingSubscriber<UnusedTelemetry>();
        }

        return builder;
    }
}
