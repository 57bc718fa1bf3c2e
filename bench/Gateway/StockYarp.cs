using System.Security.Cryptography.X509Certificates;
using Yarp.ReverseProxy.Configuration;

namespace AspireDeploy.Bench.Gateway;

/// <summary>YARP as its documentation begins, without anything of the gateway's: what the gateway's own part costs or saves.</summary>
internal static class StockYarp
{
    internal static async Task RunAsync(string url, string certificate, IReadOnlyList<string> replicas)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetDirectoryName(certificate) });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder
            .WebHost.UseUrls(url)
            .ConfigureKestrel(server =>
                server.ConfigureHttpsDefaults(https => https.ServerCertificate = X509Certificate2.CreateFromPemFile(certificate))
            );
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    new RouteConfig
                    {
                        RouteId = "all",
                        ClusterId = "api",
                        Match = new() { Path = "{**rest}" },
                    },
                ],
                [
                    new ClusterConfig
                    {
                        ClusterId = "api",
                        Destinations = replicas.ToDictionary(
                            port => port,
                            port => new DestinationConfig { Address = $"http://127.0.0.1:{port}" }
                        ),
                    },
                ]
            );
        var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
    }
}
