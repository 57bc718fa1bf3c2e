using System.Net;
using System.Text;

namespace AspireDeploy.Api.Tests.Items;

public sealed class CreateItemTests(SharedReplicas replicas)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_Whole_Is201AndThereThroughAnotherReplica()
    {
        var (api, other) = (await replicas.FirstAsync(), await replicas.SecondAsync());

        using var answer = await PostAsync(
            api,
            """{"name":"Lämpchen 💡 \"A\"","description":"Zeile\nZwei","price":35.40,"tax":3.2,"is_offer":true}"""
        );

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("\"1\"", answer.ETagOf());
        var created = await answer.JsonAsync();
        Assert.Equal($"/items/{created["id"]}", answer.Headers.Location?.ToString());
        Assert.Equal("Lämpchen 💡 \"A\"", (string?)created["name"]);
        using var found = await other.GetAsync(answer.Headers.Location, Cancellation);
        Assert.Equal(answer.ETagOf(), found.ETagOf());
        Assert.Equal(await answer.Content.ReadAsStringAsync(Cancellation), await found.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Create_OnlyWhatMustBe_LeavesTheRestEmpty()
    {
        var api = await replicas.FirstAsync();

        using var answer = await PostAsync(api, """{"name":"Lamp","price":0}""");

        var created = await answer.JsonAsync();
        created.AsObject().Remove("id");
        Assert.Equal("""{"name":"Lamp","description":null,"price":0,"tax":null,"is_offer":false}""", created.ToJsonString());
    }

    [Fact]
    public async Task Create_AtEveryLimit_Is201()
    {
        var api = await replicas.FirstAsync();
        var (name, description) = (new string('n', 100), new string('d', 1000));

        using var answer = await PostAsync(
            api,
            $$"""{"name":"{{name}}","description":"{{description}}","price":9999999999.99,"tax":9999999999.99}"""
        );

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var created = await answer.JsonAsync();
        Assert.Equal(
            (name, description, 9999999999.99m),
            ((string)created["name"]!, (string)created["description"]!, (decimal)created["price"]!)
        );
    }

    public static TheoryData<string, string, string> Invalid =>
        new()
        {
            { """{"price":1}""", "name", "given" },
            { """{"name":null,"price":1}""", "name", "given" },
            { """{"name":"","price":1}""", "name", "given" },
            { """{"name":"  ","price":1}""", "name", "given" },
            { $$"""{"name":"{{new string('n', 101)}}","price":1}""", "name", "at most 100" },
            { """{"name":"a\u0000b","price":1}""", "name", "U+0000" },
            { """{"name":"Lamp"}""", "price", "given" },
            { """{"name":"Lamp","price":null}""", "price", "given" },
            { """{"name":"Lamp","price":-0.01}""", "price", "two decimals" },
            { """{"name":"Lamp","price":0.001}""", "price", "two decimals" },
            { """{"name":"Lamp","price":10000000000}""", "price", "two decimals" },
            { """{"name":"Lamp","price":1,"tax":-1}""", "tax", "two decimals" },
            { """{"name":"Lamp","price":1,"tax":1.005}""", "tax", "two decimals" },
            { $$"""{"name":"Lamp","price":1,"description":"{{new string('d', 1001)}}"}""", "description", "at most 1000" },
            { """{"name":"Lamp","price":1,"description":"\u0000"}""", "description", "U+0000" },
        };

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task Create_FieldBreaksItsRule_Is400NamingFieldAndRule(string body, string field, string rule)
    {
        var api = await replicas.FirstAsync();

        using var answer = await PostAsync(api, body);

        var errors = (await answer.ProblemAsync(HttpStatusCode.BadRequest))["errors"]!.AsObject();
        Assert.Equal([field], errors.Select(error => error.Key));
        Assert.Contains(rule, (string)Assert.Single(errors[field]!.AsArray())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SeveralFieldsBreakTheirRules_NamesEach()
    {
        var api = await replicas.FirstAsync();

        using var answer = await PostAsync(api, """{"name":"","price":-1,"tax":-1}""");

        var errors = (await answer.ProblemAsync(HttpStatusCode.BadRequest))["errors"]!.AsObject();
        Assert.Equal(["name", "price", "tax"], errors.Select(error => error.Key).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"name":5,"price":1}""")]
    [InlineData("""{"name":"Lamp","price":"1"}""")]
    [InlineData("""{"name":"Lamp","price":1e99}""")]
    [InlineData("""{"name":"Lamp","price":1,"is_offer":"yes"}""")]
    [InlineData("""{"name":"\ud800","price":1}""")]
    [InlineData("""{"name":"Lamp","name":"Chair","price":1}""")]
    [InlineData("""{"name":"Lamp","price":1,"PRICE":2}""")]
    public async Task Create_BodyCantBeRead_Is400SayingWhatIsWrong(string body)
    {
        var api = await replicas.FirstAsync();

        using var answer = await PostAsync(api, body);

        var problem = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains("body", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ItemInput", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NotJson_Is415()
    {
        var api = await replicas.FirstAsync();

        using var answer = await api.PostAsync(
            "/items",
            new StringContent("name=Lamp", Encoding.UTF8, "application/x-www-form-urlencoded"),
            Cancellation
        );

        await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("utf-7")]
    [InlineData("utf-16")]
    [InlineData("\"\"")]
    public async Task Create_AnotherCharset_Is415(string charset)
    {
        var api = await replicas.FirstAsync();

        using var answer = await SendAsync(api, $"application/json; charset={charset}");

        var problem = await answer.ProblemAsync(HttpStatusCode.UnsupportedMediaType);
        Assert.Equal("JSON is read as UTF-8 (RFC 8259, 8.1); leave the charset out.", (string?)problem["detail"]);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/merge-patch+json; charset=\"utf-8\"")]
    public async Task Create_Utf8_IsRead(string type)
    {
        var api = await replicas.FirstAsync();

        using var answer = await SendAsync(api, type);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("Lämpchen", (string?)(await answer.JsonAsync())["name"]);
    }

    [Fact]
    public async Task Create_BodyIsHuge_Is413()
    {
        var api = await replicas.FirstAsync();

        using var answer = await PostAsync(api, $$"""{"name":"{{new string('n', 70_000)}}","price":1}""");

        await answer.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient api, string type)
    {
        using var body = new ByteArrayContent("""{"name":"Lämpchen","price":1}"""u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        return await api.PostAsync("/items", body, Cancellation);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient api, string body) =>
        api.PostAsync("/items", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
}
