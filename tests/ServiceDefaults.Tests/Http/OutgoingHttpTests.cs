using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.ServiceDefaults.Tests.Http;

public sealed class OutgoingHttpTests
{
    [Fact]
    public async Task HttpClient_ServiceName_IsDiscoveredAndAFailedRequestTriedAgain()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var asked = 0;
        await using var backend = await RunningWeb.StartAsync(map: app =>
            app.MapGet("/", () => Interlocked.Increment(ref asked) == 1 ? Results.StatusCode(503) : Results.Text("answered"))
        );
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("services:backend:http:0", backend.App.Urls.First())]);
        builder.AddServiceDefaults();
        using var worker = builder.Build();

        using var client = worker.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        using var answer = await client.GetAsync(new Uri("http://backend/"), cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(2, asked);
    }
}
