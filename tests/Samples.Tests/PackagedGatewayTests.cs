using AspireDeploy.Workload;

namespace AspireDeploy.SampleTests;

/// <summary>The gateway's program out of the package, in an AppHost that is one file.</summary>
public sealed class PackagedGatewayTests(PackedLibrary library)
{
    [Theory]
    [InlineData("AspireDeploy.Hosting")]
    [InlineData("AspireDeploy.Hosting.Redis")]
    public async Task Gateway_OfAPackage_StandsBeforeAService_WhicheverOfOursWasAdded(string package)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "What a run has started is found in /proc.");
        var port = ServiceProcess.FreePort();
        var folder = Directory.CreateDirectory(Path.Combine(library.Samples, package)).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "apphost.cs"),
            $$"""
            #:sdk Aspire.AppHost.Sdk@13.6.4
            #:package Aspire.Hosting.AppHost@13.6.5
            #:package {{package}}@{{library.Version}}

            var builder = DistributedApplication.CreateBuilder(args).WithFastStart().WithOrderedStop();
            var api = builder.AddProject("api", "../Starter/Starter.ApiService/Starter.ApiService.csproj", "http").WithRestartPolicy(RestartMode.Always);
            builder.AddGateway("gateway", httpPort: {{port}}).WithRoute("/", api);
            builder.Build().Run();
            """,
            Token
        );
        var processes = new MarkedProcesses();
        await using var run = ServiceProcess.Command(
            folder,
            new Dictionary<string, string?>(library.Environment)
            {
                [processes.Mark.Key] = processes.Mark.Value,
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = $"http://localhost:{ServiceProcess.FreePort()}",
                ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{ServiceProcess.FreePort()}",
                ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://localhost:{ServiceProcess.FreePort()}",
                ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            },
            "run",
            "apphost.cs"
        );
        try
        {
            using var client = new HttpClient { BaseAddress = new($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(30) };
            await Until.TrueAsync(
                async () => (await client.GetStringAsync("/weatherforecast", Token)).Contains("temperatureC", StringComparison.Ordinal),
                TimeSpan.FromMinutes(4),
                () => $"The service was never reached through the gateway. It said:\n{run.Everything()}",
                Token
            );

            Assert.Single(processes.Living(), process =>
                process.Arguments is [var program]
                && program.EndsWith($"/{library.Version}/tools/gateway/AspireDeploy.Gateway.dll", StringComparison.Ordinal)
            );
        }
        finally
        {
            await processes.KillAsync();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
