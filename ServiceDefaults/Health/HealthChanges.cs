using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.ServiceDefaults.Health;

/// <summary>
/// Writes what a health endpoint answers, the status alone, and logs why when it has changed: health is asked for every few seconds, so an
/// outage told of at every question would hide everything else.
/// </summary>
internal sealed class HealthChanges(ILogger<HealthChanges> logger)
{
    /// <summary>The category in which the framework logs every failed check.</summary>
    internal const string EveryFailure = "Microsoft.Extensions.Diagnostics.HealthChecks.DefaultHealthCheckService";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, HealthStatus> _last = [];

    /// <summary>Writes the answer and logs which checks say something else than last time.</summary>
    internal Task AnswerAsync(HttpContext context, HealthReport report)
    {
        foreach (var (name, check) in report.Entries)
        {
            if (!IsNews(name, check.Status))
                continue;
            if (check.Status == HealthStatus.Healthy)
                logger.LogInformation("Health check {Check} is healthy again.", name);
            else
                logger.LogWarning(check.Exception, "Health check {Check} is {Status}: {Reason}", name, check.Status, check.Description);
        }
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(report.Status.ToString());
    }

    private bool IsNews(string name, HealthStatus status)
    {
        lock (_lock)
        {
            if (_last.GetValueOrDefault(name, HealthStatus.Healthy) == status)
                return false;
            _last[name] = status;
            return true;
        }
    }
}
