using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.ServiceDefaults.Health;

/// <summary>
/// Answers <c>/health</c> (ready: every check passes) and <c>/alive</c> (live: the checks tagged <see cref="LiveTag"/> pass), in every
/// environment: 200 or 503, with the status as the whole body. They leave no trace and no metric.
/// </summary>
public sealed class HealthEndpoints : IStartupFilter
{
    /// <summary>The path of the readiness check: may this replica be sent requests?</summary>
    public const string Ready = "/health";

    /// <summary>The path of the liveness check: should this process be left running?</summary>
    public const string Live = "/alive";

    /// <summary>The tag of a check that counts for liveness too.</summary>
    public const string LiveTag = "live";

    internal static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<HealthChanges>();
        builder.Logging.AddFilter(HealthChanges.EveryFailure, LogLevel.None);
    }

    internal static void Map(WebApplication app)
    {
        app.MapHealthChecks(Ready, Options(app.Services)).DisableHttpMetrics();
        app.MapHealthChecks(Live, LiveOptions(app.Services)).DisableHttpMetrics();
    }

    /// <summary>Determines whether a request asks for one of the endpoints.</summary>
    internal static bool IsAskedBy(HttpContext context) =>
        context.Request.Path.Value is { Length: > 1 } path
        && (path.Equals(Ready, StringComparison.OrdinalIgnoreCase) || path.Equals(Live, StringComparison.OrdinalIgnoreCase));

    /// <summary>Answers the endpoints before anything else sees the request: a gateway's routes may have the same paths.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(following =>
                context =>
                {
                    if (IsAskedBy(context) && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
                        metrics.MetricsDisabled = true;
                    return following(context);
                }
            );
            app.UseHealthChecks(Ready, Options(app.ApplicationServices));
            app.UseHealthChecks(Live, LiveOptions(app.ApplicationServices));
            next(app);
        };

    private static HealthCheckOptions Options(IServiceProvider services) =>
        new() { AllowCachingResponses = false, ResponseWriter = services.GetRequiredService<HealthChanges>().AnswerAsync };

    private static HealthCheckOptions LiveOptions(IServiceProvider services)
    {
        var options = Options(services);
        options.Predicate = static check => check.Tags.Contains(LiveTag);
        return options;
    }
}
