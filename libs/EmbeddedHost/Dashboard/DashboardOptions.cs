namespace Aspire.Hosting.Dashboard;

/// <summary>How the dashboard and what feeds it are reached, as configured. What is null is chosen at the start.</summary>
internal sealed class DashboardOptions
{
    /// <summary>What the dashboard calls the application; by default it is named after the AppHost.</summary>
    public string? ApplicationName { get; set; }

    /// <summary>Where its pages are; https first, where both are given.</summary>
    public IReadOnlyList<ListenAddress> Frontend { get; set; } = [];

    public ListenAddress? OtlpGrpc { get; set; }

    public ListenAddress? OtlpHttp { get; set; }

    public ListenAddress? ResourceService { get; set; }

    /// <summary>Takes free ports whatever is configured, so that a second copy of the application can run beside the first.</summary>
    public bool UseFreePorts { get; set; }

    /// <summary>What a person logs in with; null where anybody may.</summary>
    public string? BrowserToken { get; set; }

    /// <summary>What processes send with their telemetry; null where anybody may.</summary>
    public string? OtlpApiKey { get; set; }

    /// <summary>What callers of the dashboard's own HTTP API send; null where anybody may.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What the dashboard sends to the resource service; null where anybody may.</summary>
    public string? ResourceServiceKey { get; set; }

    /// <summary>The origins of web pages that may send telemetry, comma-separated.</summary>
    public string? CorsAllowedOrigins { get; set; }

    /// <summary>Shows the dashboard's own process among the resources.</summary>
    public bool IsShown { get; set; }

    /// <summary>Settings of the dashboard's own that are passed on as they stand.</summary>
    public IReadOnlyDictionary<string, string> PassedOn { get; set; } = new Dictionary<string, string>();
}
