using System.Net;

namespace AspireDeploy.Api.Tests;

public sealed class ReplicaNameTests(SharedReplicas replicas)
{
    [Theory]
    [InlineData("GET", "/items", HttpStatusCode.OK)]
    [InlineData("GET", "/items/1", HttpStatusCode.OK)]
    [InlineData("GET", "/items/999999", HttpStatusCode.NotFound)]
    [InlineData("GET", "/items?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("POST", "/items", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/health", HttpStatusCode.OK)]
    [InlineData("GET", "/alive", HttpStatusCode.OK)]
    public async Task Replica_AnyAnswer_NamesIt(string method, string path, HttpStatusCode status)
    {
        foreach (var (client, name) in new[] { (await replicas.FirstAsync(), "first"), (await replicas.SecondAsync(), "second") })
        {
            using var body = method == "POST" ? new StringContent("{", null, "application/json") : null;
            using var answer = await client.SendAsync(new HttpMethod(method), path, body: body);

            Assert.Equal(status, answer.StatusCode);
            Assert.Equal([name], answer.Headers.GetValues("X-Replica"));
        }
    }
}
