namespace AppHost.Tests.Concepts;

/// <summary>Replicas can be told from each other.</summary>
[Collection(UnderLoad.Name)]
public sealed class ReplicationTests(SolutionUnderLoad running)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replicas_WithoutADashboard_AnswerByTheirOwnNames()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var replica in await running.Solution.UntilHealthyAsync("api", Token))
        {
            using var answer = await client.GetAsync(new Uri(SolutionUnderLoad.AddressOf(replica), "/alive"), Token);
            Assert.Equal([replica.ResourceId], answer.Headers.GetValues("X-Replica"));
        }
    }
}
