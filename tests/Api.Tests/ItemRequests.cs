using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace AspireDeploy.Api.Tests;

/// <summary>An item that a test has made, as the answer told of it.</summary>
internal sealed record MadeItem(int Id, string ETag)
{
    public string Path => $"/items/{Id}";
}

/// <summary>What a client of the API sends.</summary>
internal static class ItemRequests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes an item.</summary>
    public static async Task<MadeItem> MakeAsync(this HttpClient api, string name = "Lamp")
    {
        using var answer = await api.PostAsJsonAsync("/items", new { name, price = 10 }, Cancellation);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return new((int)(await JsonAsync(answer))["id"]!, ETagOf(answer));
    }

    /// <summary>Replaces an item by one of another name.</summary>
    public static Task<HttpResponseMessage> ReplaceAsync(
        this HttpClient api,
        string path,
        string name,
        string? ifMatch = "*",
        string? ifNoneMatch = null
    ) => api.SendAsync(HttpMethod.Put, path, ifMatch, ifNoneMatch, JsonContent.Create(new { name, price = 10 }));

    /// <summary>Sends a request with its conditions exactly as given.</summary>
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient api,
        HttpMethod method,
        string path,
        string? ifMatch = null,
        string? ifNoneMatch = null,
        HttpContent? body = null
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await api.SendAsync(request, Cancellation);
    }

    /// <summary>The name of an item as it is now.</summary>
    public static async Task<string?> NameAsync(this HttpClient api, string path) => (string?)(await GetJsonAsync(api, path))["name"];

    /// <summary>What is at an address.</summary>
    public static async Task<JsonNode> GetJsonAsync(this HttpClient api, string path)
    {
        using var answer = await api.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await JsonAsync(answer);
    }

    /// <summary>An answer's body.</summary>
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancellation))!;

    /// <summary>An answer's entity tag, as it was sent.</summary>
    public static string ETagOf(this HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("ETag"));

    /// <summary>The problem details that an answer must hold.</summary>
    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.JsonAsync();
        Assert.Equal((int)status, (int)problem["status"]!);
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
        return problem;
    }
}
