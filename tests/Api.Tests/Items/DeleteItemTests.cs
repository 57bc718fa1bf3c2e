using System.Net;

namespace AspireDeploy.Api.Tests.Items;

public sealed class DeleteItemTests(SharedReplicas replicas)
{
    [Fact]
    public async Task Delete_NoIfMatch_Is204ThenGoneEverywhere()
    {
        var (api, other) = (await replicas.FirstAsync(), await replicas.SecondAsync());
        var item = await api.MakeAsync();
        await other.NameAsync(item.Path);

        using var answer = await api.SendAsync(HttpMethod.Delete, item.Path);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        foreach (var replica in new[] { api, other })
        {
            using var found = await replica.SendAsync(HttpMethod.Get, item.Path);
            await found.ProblemAsync(HttpStatusCode.NotFound);
        }
        using var again = await api.SendAsync(HttpMethod.Delete, item.Path);
        await again.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{etag}", true)]
    [InlineData("*", true)]
    [InlineData("\"2\"", false)]
    [InlineData("W/{etag}", false)]
    [InlineData("1", false)]
    public async Task Delete_IfMatch_Is412UnlessItNamesTheVersion(string condition, bool matches)
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync();

        using var answer = await api.SendAsync(
            HttpMethod.Delete,
            item.Path,
            condition.Replace("{etag}", item.ETag, StringComparison.Ordinal)
        );

        if (matches)
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        else
            await answer.ProblemAsync(HttpStatusCode.PreconditionFailed);
        using var found = await api.SendAsync(HttpMethod.Get, item.Path);
        Assert.Equal(matches ? HttpStatusCode.NotFound : HttpStatusCode.OK, found.StatusCode);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("{etag}")]
    public async Task Delete_IfNoneMatchNamesTheVersion_Is412(string noneOf)
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync();
        noneOf = noneOf.Replace("{etag}", item.ETag, StringComparison.Ordinal);

        using var answer = await api.SendAsync(HttpMethod.Delete, item.Path, ifNoneMatch: noneOf);

        await answer.ProblemAsync(HttpStatusCode.PreconditionFailed);
        using var found = await api.SendAsync(HttpMethod.Get, item.Path);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }
}
