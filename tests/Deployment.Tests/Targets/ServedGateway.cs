using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Tests.Targets;

/// <summary>A server in the place of a deployed gateway, for the request by which a deployment ends.</summary>
internal static class ServedGateway
{
    /// <summary>Returns the port that it listens on.</summary>
    internal static int PortOf(WebApplication server) => new Uri(server.Urls.Single()).Port;

    /// <summary>Starts one on a free port of the loopback address.</summary>
    /// <param name="answer">Returns the status code for a request.</param>
    /// <param name="isHttps">Whether it has a certificate, of a name that nobody asks for. Defaults to false.</param>
    internal static async Task<WebApplication> StartAsync(Func<HttpContext, int> answer, bool isHttps = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (isHttps)
                    listen.UseHttps(Certificate());
            }));
        var server = builder.Build();
        server.Run(context =>
        {
            context.Response.StatusCode = answer(context);
            return Task.CompletedTask;
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=somebody.example.com", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
    }
}
