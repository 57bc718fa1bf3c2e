using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AspireDeploy.Api.Tests;

public sealed partial class DocumentationTests(SharedReplicas replicas)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenApi_Document_DescribesEveryOperationAndItsAnswers()
    {
        var api = await replicas.FirstAsync();

        var document = await api.GetJsonAsync("/openapi/v1.json");

        var described = document["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject()
                    .Select(operation =>
                        (
                            Operation: $"{operation.Key} {path.Key}",
                            Answers: string.Join(' ', operation.Value!["responses"]!.AsObject().Select(answer => answer.Key).Order())
                        )
                    )
            )
            .ToDictionary(operation => operation.Operation, operation => operation.Answers);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["get /items"] = "200 400 503",
                ["post /items"] = "201 400 503",
                ["get /items/{id}"] = "200 304 404 503",
                ["put /items/{id}"] = "200 400 404 412 428 503",
                ["delete /items/{id}"] = "204 404 412 503",
            },
            described
        );
    }

    [Fact]
    public async Task OpenApi_Document_IsTriedWhereItCameFrom()
    {
        var api = await replicas.FirstAsync();

        var servers = (await api.GetJsonAsync("/openapi/v1.json"))["servers"]!;

        Assert.Equal("""[{"url":"/"}]""", servers.ToJsonString());
    }

    [Theory]
    [InlineData("/items", "post", "201", "ETag")]
    [InlineData("/items/{id}", "get", "200", "ETag")]
    [InlineData("/items/{id}", "get", "304", "ETag")]
    [InlineData("/items/{id}", "put", "200", "ETag")]
    [InlineData("/items/{id}", "delete", "503", "Retry-After")]
    public async Task OpenApi_Answer_NamesItsHeaders(string path, string method, string status, string header)
    {
        var api = await replicas.FirstAsync();

        var answer = (await api.GetJsonAsync("/openapi/v1.json"))["paths"]![path]![method]!["responses"]![status]!;

        Assert.NotNull(answer["headers"]?[header]);
    }

    [Fact]
    public async Task OpenApi_Item_HasItsRulesUnderTheNamesThatAreSent()
    {
        var api = await replicas.FirstAsync();

        var schemas = (await api.GetJsonAsync("/openapi/v1.json"))["components"]!["schemas"]!;

        var input = schemas["ItemInput"]!;
        Assert.Equal(
            ["description", "is_offer", "name", "price", "tax"],
            input["properties"]!.AsObject().Select(property => property.Key).Order()
        );
        Assert.Equal(["name", "price"], input["required"]!.AsArray().Select(name => (string)name!).Order());
        Assert.Equal("""{"maxLength":100,"minLength":1,"type":"string"}""", Rules(input, "name"));
        Assert.Equal("""{"maxLength":1000,"minLength":0,"type":["null","string"]}""", Rules(input, "description"));
        Assert.Equal(
            """{"multipleOf":0.01,"maximum":9999999999.99,"minimum":0,"type":"number","format":"double"}""",
            Rules(input, "price")
        );
        Assert.Equal(
            """{"multipleOf":0.01,"maximum":9999999999.99,"minimum":0,"type":["null","number"],"format":"double"}""",
            Rules(input, "tax")
        );
        Assert.Equal(
            ["description", "id", "is_offer", "name", "price", "tax"],
            schemas["ItemView"]!["properties"]!.AsObject().Select(property => property.Key).Order()
        );
    }

    [Fact]
    public async Task Docs_Page_IsServedWholeByTheApiItself()
    {
        var api = await replicas.FirstAsync();

        using var page = await api.GetAsync("/docs", Cancellation);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        var html = await page.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("openapi/v1.json", html, StringComparison.Ordinal);
        var files = Reference().Matches(html).Select(reference => reference.Groups[1].Value).ToList();
        Assert.Contains(files, file => file.EndsWith(".js", StringComparison.Ordinal));
        foreach (var file in files)
        {
            // An address of another host would fail here, too.
            var address = new Uri(page.RequestMessage!.RequestUri!, file);
            Assert.Equal(api.BaseAddress!.Authority, address.Authority);
            using var answer = await api.GetAsync(address, Cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"{address} is {answer.StatusCode}");
        }
    }

    private static string Rules(JsonNode schema, string property)
    {
        var rules = schema["properties"]![property]!.AsObject();
        rules.Remove("description");
        return rules.ToJsonString();
    }

    [GeneratedRegex("""(?:src|href)="([^"]+)""")]
    private static partial Regex Reference();
}
