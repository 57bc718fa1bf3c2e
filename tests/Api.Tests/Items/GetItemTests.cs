using System.Net;

namespace AspireDeploy.Api.Tests.Items;

public sealed class GetItemTests(SharedReplicas replicas)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_Seeded_IsAsTheMigratorLeftIt()
    {
        var api = await replicas.FirstAsync();

        using var answer = await api.GetAsync("/items/2", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("\"1\"", answer.ETagOf());
        Assert.Equal(
            """{"id":2,"name":"Mechanical keyboard","description":null,"price":119,"tax":22.61,"is_offer":true}""",
            await answer.Content.ReadAsStringAsync(Cancellation)
        );
    }

    [Theory]
    [InlineData("/items/999999")]
    [InlineData("/items/0")]
    [InlineData("/items/-1")]
    [InlineData("/items/lamp")]
    [InlineData("/items/99999999999")]
    public async Task Get_Absent_Is404(string path)
    {
        var api = await replicas.FirstAsync();

        using var answer = await api.GetAsync(path, Cancellation);

        await answer.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("{etag}", true)]
    [InlineData("W/{etag}", true)]
    [InlineData("\"other\", {etag}", true)]
    [InlineData("*", true)]
    [InlineData("\"other\"", false)]
    [InlineData("1", false)]
    public async Task Get_IfNoneMatch_Is304WhenTheClientHasIt(string condition, bool unchanged)
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync();

        using var answer = await api.SendAsync(
            HttpMethod.Get,
            item.Path,
            ifNoneMatch: condition.Replace("{etag}", item.ETag, StringComparison.Ordinal)
        );

        Assert.Equal(unchanged ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(item.ETag, answer.ETagOf());
        Assert.Equal(unchanged, (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length == 0);
    }

    [Theory]
    [InlineData("/items")]
    [InlineData("/items/2")]
    [InlineData("/items/999999")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs")]
    [InlineData("/health")]
    public async Task Head_Anything_AnswersAsGetDoesButForTheBody(string path)
    {
        var api = await replicas.FirstAsync();

        using var get = await api.SendAsync(HttpMethod.Get, path);
        using var head = await api.SendAsync(HttpMethod.Head, path);

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType), (head.StatusCode, head.Content.Headers.ContentType));
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("GET", "/items")]
    [InlineData("GET", "/items/2")]
    [InlineData("GET", "/items/999999")]
    [InlineData("GET", "/nothing-here")]
    [InlineData("POST", "/items")]
    [InlineData("GET", "/docs")]
    [InlineData("GET", "/health")]
    public async Task Answer_Any_IsOfTheTypeThatItSays(string method, string path)
    {
        var api = await replicas.FirstAsync();

        using var answer = await api.SendAsync(new(method), path);

        Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task Item_MethodThereIsnt_Is405NamingThoseThereAre()
    {
        var api = await replicas.FirstAsync();

        using var answer = await api.SendAsync(HttpMethod.Patch, "/items/1");

        await answer.ProblemAsync(HttpStatusCode.MethodNotAllowed);
        Assert.Equal(["DELETE", "GET", "HEAD", "PUT"], answer.Content.Headers.Allow.Order());
    }
}
