using System.Net;

namespace AspireDeploy.Api.Tests.Items;

public sealed class ListItemsTests(SharedReplicas replicas)
{
    [Fact]
    public async Task List_FollowedToItsEnd_HasEveryItemOnceInOrder()
    {
        var api = await replicas.FirstAsync();
        var made = new List<int>();
        for (var i = 0; i < 7; i++)
            made.Add((await api.MakeAsync()).Id);

        var seen = new List<int>();
        string? next = $"/items?after={made[0] - 1}&limit=3";
        while (next is not null)
        {
            var page = await api.GetJsonAsync(next);
            Assert.InRange(page["items"]!.AsArray().Count, 1, 3);
            seen.AddRange(Ids(page));
            next = (string?)page["next"];
        }

        // Other tests make and delete items meanwhile; this one's must all be there.
        Assert.Equal(made, seen.Where(made.Contains));
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task List_ItemsComeAndGoBetweenPages_NeitherRepeatsNorSkips()
    {
        var api = await replicas.FirstAsync();
        var made = new List<MadeItem>();
        for (var i = 0; i < 4; i++)
            made.Add(await api.MakeAsync());
        var first = await api.GetJsonAsync($"/items?after={made[0].Id - 1}&limit=2");
        var boundary = Ids(first)[^1];

        using (await api.SendAsync(HttpMethod.Delete, $"/items/{boundary}")) { }
        var late = await api.MakeAsync();
        var seen = Ids(first);
        var next = (string?)first["next"];
        while (next is not null)
        {
            var page = await api.GetJsonAsync(next);
            seen.AddRange(Ids(page));
            next = (string?)page["next"];
        }

        var expected = made.Select(item => item.Id).Append(late.Id).ToList();
        Assert.Equal(expected, seen.Where(expected.Contains));
    }

    [Fact]
    public async Task List_AfterTheLast_IsEmptyAndHasNoNext()
    {
        var api = await replicas.FirstAsync();

        var page = await api.GetJsonAsync($"/items?after={int.MaxValue}");

        Assert.Empty(page["items"]!.AsArray());
        Assert.Null(page["next"]);
    }

    [Fact]
    public async Task List_NoLimitGiven_IsTwentyAtMost()
    {
        var api = await replicas.FirstAsync();
        var first = await api.MakeAsync();
        for (var i = 0; i < 20; i++)
            await api.MakeAsync();

        var page = await api.GetJsonAsync($"/items?after={first.Id - 1}");

        Assert.Equal(20, page["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("after=abc")]
    [InlineData("after=")]
    [InlineData("after=1.5")]
    [InlineData("after=99999999999")]
    [InlineData("after=-1")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=many")]
    public async Task List_PlaceOrCountCantBe_Is400NamingIt(string query)
    {
        var api = await replicas.FirstAsync();

        using var answer = await api.GetAsync($"/items?{query}", TestContext.Current.CancellationToken);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(query.Split('=')[0], problem.ToJsonString(), StringComparison.Ordinal);
    }

    private static List<int> Ids(System.Text.Json.Nodes.JsonNode page) => [.. page["items"]!.AsArray().Select(item => (int)item!["id"]!)];
}
