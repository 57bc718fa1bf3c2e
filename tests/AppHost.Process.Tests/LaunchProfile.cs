using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>The variables that a launch profile gives an AppHost.</summary>
internal static class LaunchProfile
{
    /// <summary>Makes one on ports that nobody listens on.</summary>
    public static Dictionary<string, string?> Make() =>
        new()
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://localhost:{ServiceProcess.FreePort()}",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{ServiceProcess.FreePort()}",
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://localhost:{ServiceProcess.FreePort()}",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            // Aspire asks NuGet once in a while, which leaves a folder among the temporary files.
            ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
        };
}
