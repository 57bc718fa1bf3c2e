using System.Net;

namespace AspireDeploy.Api.Tests.Items;

public sealed class ReplaceItemTests(SharedReplicas replicas)
{
    [Fact]
    public async Task Replace_CurrentVersion_Is200WithTheNextOne()
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync("Old");

        using var answer = await api.ReplaceAsync(item.Path, "New", item.ETag);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual(item.ETag, answer.ETagOf());
        using var found = await api.SendAsync(HttpMethod.Get, item.Path);
        Assert.Equal(answer.ETagOf(), found.ETagOf());
        Assert.Equal("New", (string?)(await found.JsonAsync())["name"]);
    }

    [Fact]
    public async Task Replace_FieldIsLeftOut_EmptiesIt()
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync();
        using (
            await api.SendAsync(
                HttpMethod.Put,
                item.Path,
                "*",
                body: new StringContent(
                    """{"name":"Lamp","price":1,"tax":2,"description":"Bright","is_offer":true}""",
                    null,
                    "application/json"
                )
            )
        ) { }

        using (await api.ReplaceAsync(item.Path, "Lamp")) { }

        var now = await api.GetJsonAsync(item.Path);
        Assert.Equal(
            $$"""{"id":{{item.Id}},"name":"Lamp","description":null,"price":10,"tax":null,"is_offer":false}""",
            now.ToJsonString()
        );
    }

    [Theory]
    [InlineData("{etag}", true)]
    [InlineData("\"other\", {etag}", true)]
    [InlineData("*", true)]
    [InlineData("\"2\"", false)]
    [InlineData("\"01\"", false)]
    [InlineData("\"other\"", false)]
    // If-Match compares strongly (RFC 9110, 13.1.1): a weak tag matches nothing.
    [InlineData("W/{etag}", false)]
    [InlineData("1", false)]
    [InlineData("", false)]
    public async Task Replace_IfMatch_Is412UnlessItNamesTheVersion(string condition, bool matches)
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync("Old");

        using var answer = await api.ReplaceAsync(item.Path, "New", condition.Replace("{etag}", item.ETag, StringComparison.Ordinal));

        if (matches)
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else
            await answer.ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal(matches ? "New" : "Old", await api.NameAsync(item.Path));
    }

    [Theory]
    [InlineData("*", null, false)]
    [InlineData("*", "*", false)]
    [InlineData("*", "{etag}", false)]
    // If-None-Match compares weakly (RFC 9110, 13.1.2).
    [InlineData("W/{etag}", "{etag}", false)]
    [InlineData("{etag}", "*", false)]
    [InlineData("\"other\", \"2\"", "{etag}", true)]
    public async Task Replace_IfNoneMatch_Is412IfItNamesTheVersion(string noneOf, string? condition, bool replaces)
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync("Old");

        using var answer = await api.ReplaceAsync(
            item.Path,
            "New",
            condition?.Replace("{etag}", item.ETag, StringComparison.Ordinal),
            noneOf.Replace("{etag}", item.ETag, StringComparison.Ordinal)
        );

        if (replaces)
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        else
            await answer.ProblemAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal(replaces ? "New" : "Old", await api.NameAsync(item.Path));
    }

    [Fact]
    public async Task Replace_IfNoneMatchAlone_SaysNotWhichVersionIsMeant_Is428()
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync("Old");

        using var answer = await api.ReplaceAsync(item.Path, "New", ifMatch: null, ifNoneMatch: "\"other\"");

        await answer.ProblemAsync((HttpStatusCode)428);
        Assert.Equal("Old", await api.NameAsync(item.Path));
    }

    [Fact]
    public async Task Replace_NoIfMatch_Is428AndChangesNothing()
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync("Old");

        using var answer = await api.ReplaceAsync(item.Path, "New", ifMatch: null);

        var problem = await answer.ProblemAsync((HttpStatusCode)428);
        Assert.Contains("If-Match", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal("Old", await api.NameAsync(item.Path));
    }

    [Fact]
    public async Task Replace_TwoWithTheSameVersion_OneOfThemIs412()
    {
        var (api, other) = (await replicas.FirstAsync(), await replicas.SecondAsync());
        for (var round = 0; round < 20; round++)
        {
            var item = await api.MakeAsync();

            var answers = await Task.WhenAll(
                api.ReplaceAsync(item.Path, "First", item.ETag),
                other.ReplaceAsync(item.Path, "Second", item.ETag)
            );

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(answer => answer.StatusCode).Order());
            Assert.Equal(answers[0].IsSuccessStatusCode ? "First" : "Second", await api.NameAsync(item.Path));
        }
    }

    [Theory]
    [InlineData("*")]
    [InlineData("\"1\"")]
    public async Task Replace_Absent_Is404(string condition)
    {
        var api = await replicas.FirstAsync();

        using var answer = await api.ReplaceAsync("/items/999999", "New", condition);

        await answer.ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Replace_FieldBreaksItsRule_Is400AndChangesNothing()
    {
        var api = await replicas.FirstAsync();
        var item = await api.MakeAsync("Old");

        using var answer = await api.ReplaceAsync(item.Path, "");

        Assert.NotNull((await answer.ProblemAsync(HttpStatusCode.BadRequest))["errors"]!["name"]);
        Assert.Equal("Old", await api.NameAsync(item.Path));
    }
}
