using System.Net;
using AspireDeploy.Workload;

namespace AppHost.Tests.Concepts;

/// <summary>Without its database the API says so, through the gateway, and is back by itself.</summary>
[Collection(UnderLoad.Name)]
public sealed class DatabaseOutageTests(SolutionUnderLoad running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Solution Solution => running.Solution;

    [Fact]
    public async Task Postgres_KilledAndBack_IsAnsweredWithRetryAfterMeanwhile()
    {
        await Solution.UntilHealthyAsync("api", Token);
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        };
        using var client = new HttpClient(handler) { BaseAddress = Solution.App.GetEndpoint("gateway", "https") };
        using (var well = await client.GetAsync("/items", Token))
            Assert.Equal(HttpStatusCode.OK, well.StatusCode);

        SolutionUnderLoad.Kill(Assert.Single(Solution.Instances("postgres")));
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync("/items", Token);
                if (answer.StatusCode == HttpStatusCode.OK)
                    return false;
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter);
                return true;
            },
            TimeSpan.FromMinutes(2),
            () => "It is answered as if the database were there.",
            Token
        );

        await Solution.UntilAsync("postgres", s => s.State?.Text is "Exited" or "Finished", Token);
        await Solution.CommandAsync("postgres", KnownResourceCommands.StartCommand, Token);
        await Until.TrueAsync(
            async () =>
            {
                using var answer = await client.GetAsync("/items", Token);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromMinutes(2),
            () => "It didn't come back by itself.",
            Token
        );
        await running.UntilEveryReplicaServesAsync();
    }
}
