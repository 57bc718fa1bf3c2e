using System.Net;
using System.Net.Http.Json;
using AspireDeploy.ContractReplica;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>Requests to a gateway under test.</summary>
internal static class ContractRequest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Returns a request that asks the replica to do something, and whose deliveries are counted.</summary>
    /// <param name="method">The method.</param>
    /// <param name="what">What the replica does: <c>Behavior</c> lists it.</param>
    /// <param name="body">The body; none if null.</param>
    /// <returns>The request, and the name by which its deliveries are known.</returns>
    public static (HttpRequestMessage Request, string Id) Asking(string method, string what, HttpContent? body = null)
    {
        var id = Guid.NewGuid().ToString("n");
        return (new(new(method), "/") { Content = body, Headers = { { "X-Do", what }, { "X-Request", id } } }, id);
    }

    /// <summary>Sends a request that asks the replica to do something.</summary>
    public static async Task<HttpResponseMessage> AskAsync(
        this ContractGateway gateway,
        string what,
        string method = "GET",
        HttpContent? body = null
    )
    {
        using var request = Asking(method, what, body).Request;
        return await gateway.Client.SendAsync(request, Cancellation);
    }

    /// <summary>Sends a request with a header, and returns how the replica saw it.</summary>
    public static async Task<Seen> SeeAsync(this ContractGateway gateway, string path = "/", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        using var answer = await gateway.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Seen>(Cancellation))!;
    }

    /// <summary>Asks often enough that every replica that is sent requests is.</summary>
    /// <returns>Who answered.</returns>
    public static async Task<IReadOnlySet<string>> WhoAnswersAsync(this ContractGateway gateway, int requests = 60)
    {
        var seen = await Task.WhenAll(Enumerable.Range(0, requests).Select(_ => gateway.SeeAsync()));
        return seen.Select(one => one.Replica).ToHashSet();
    }

    /// <summary>Connects to the gateway, over TLS.</summary>
    public static Task<RawConnection> ConnectAsync(this ContractGateway gateway) => RawConnection.OpenAsync(gateway.Address, Cancellation);

    /// <summary>
    /// Sends bytes as they are, and returns all that comes back until the gateway closes; a request should say
    /// <c>Connection: close</c>.
    /// </summary>
    public static async Task<string> SendRawAsync(this ContractGateway gateway, string text)
    {
        await using var connection = await gateway.ConnectAsync();
        await connection.WriteAsync(text);
        return await connection.ReadToEndAsync();
    }
}
