using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.ServiceDefaults.Health;

/// <summary>
/// <c>/health</c> (ready: every check passes) and <c>/alive</c> (live: the checks tagged <see cref="LiveTag"/> pass), in every environment:
/// 200 or 503 and the status as the whole body. They are answered before routing and leave no trace and no metric of themselves.
/// </summary>
public sealed class HealthEndpoints : IStartupFilter
{
    /// <summary>Readiness: may this replica be sent requests?</summary>
    public const string Ready = "/health";

    /// <summary>Liveness: should this process be left running?</summary>
    public const string Live = "/alive";

    /// <summary>The tag of a check that speaks for liveness too.</summary>
    public const string LiveTag = "live";

    internal static void Add(IServiceCollection services)
    {
        services.AddHealthChecks();
        services.AddSingleton<HealthChanges>();
        services.AddTransient<IStartupFilter, HealthEndpoints>();
    }

    /// <summary>Whether a request asks for one of the endpoints.</summary>
    internal static bool IsAskedBy(HttpContext context) =>
        context.Request.Path.Value is { Length: > 1 } path
        && (path.Equals(Ready, StringComparison.OrdinalIgnoreCase) || path.Equals(Live, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc />
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
            var changes = app.ApplicationServices.GetRequiredService<HealthChanges>();
            app.UseHealthChecks(Ready, new HealthCheckOptions { AllowCachingResponses = false, ResponseWriter = changes.AnswerAsync });
            app.UseHealthChecks(
                Live,
                new HealthCheckOptions
                {
                    AllowCachingResponses = false,
                    ResponseWriter = changes.AnswerAsync,
                    Predicate = static check => check.Tags.Contains(LiveTag),
                }
            );
            next(app);
        };
}
