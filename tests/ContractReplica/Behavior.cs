using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AspireDeploy.ContractReplica;

/// <summary>What a replica does: what the request's header <c>X-Do</c> says, and by default it tells what it was asked.</summary>
internal sealed class Behavior(IConfiguration configuration) : IDisposable
{
    private readonly string _name = configuration["REPLICA_NAME"] ?? Environment.MachineName;
    private readonly string? _ledger = configuration["REPLICA_LEDGER"];
    private readonly SemaphoreSlim _goOn = new(0);
    private volatile bool _isReady = configuration["REPLICA_READY"] != "false";

    /// <summary>Answers a request.</summary>
    internal async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/health" && !context.Request.Headers.ContainsKey("X-Do"))
        {
            context.Response.StatusCode = _isReady ? 200 : 503;
            return;
        }

        Note(context.Request);
        context.Response.Headers["X-Replica"] = _name;
        if (context.WebSockets.IsWebSocketRequest)
            await EchoSocketAsync(context);
        else
            await DoAsync(context, context.Request.Headers["X-Do"].ToString().Split('='));
    }

    /// <inheritdoc/>
    public void Dispose() => _goOn.Dispose();

    private Task DoAsync(HttpContext context, string[] what) =>
        what[0] switch
        {
            "die" => DieAsync(context),
            "break" => BreakOffAsync(context),
            "refuse-large" => RefuseLargeAsync(context),
            "refuse" => RefuseAsync(context),
            "unready" => SetReadyAsync(false),
            "ready" => SetReadyAsync(true),
            "unavailable" => AnswerUnavailableAsync(context),
            "go-on" => Task.FromResult(_goOn.Release()),
            "pieces" => AnswerInPiecesAsync(context),
            "trailers" => AnswerWithTrailersAsync(context),
            "hash" => AnswerHashAsync(context),
            "headers" => AnswerWithHeadersAsync(context),
            _ => TellAsync(context),
        };

    private async Task TellAsync(HttpContext context) => await Results.Json(await Seen.OfAsync(context, _name)).ExecuteAsync(context);

    // Carried out, and then gone without an answer.
    private static async Task DieAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task BreakOffAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Abort();
    }

    // As ASP.NET Core does where an endpoint limits its body: 413 before the body has been read, and the connection ends.
    private static async Task RefuseLargeAsync(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = 1 << 20;
        await context.Request.Body.CopyToAsync(Stream.Null);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    private Task SetReadyAsync(bool isReady)
    {
        _isReady = isReady;
        return Task.CompletedTask;
    }

    private static Task AnswerUnavailableAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "7";
        return context.Response.WriteAsync("the database is away");
    }

    // The last piece follows only when another request says so.
    private async Task AnswerInPiecesAsync(HttpContext context)
    {
        await context.Response.WriteAsync("first");
        await context.Response.Body.FlushAsync();
        await _goOn.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("last");
    }

    private static async Task AnswerWithTrailersAsync(HttpContext context)
    {
        context.Response.DeclareTrailer("X-Checksum");
        await context.Response.WriteAsync("body");
        context.Response.AppendTrailer("X-Checksum", "42");
    }

    private static async Task AnswerHashAsync(HttpContext context)
    {
        context.Features.Get<IHttpMinRequestBodyDataRateFeature>()!.MinDataRate = null;
        using var hash = SHA256.Create();
        await context.Response.WriteAsync(Convert.ToHexString(await hash.ComputeHashAsync(context.Request.Body)));
    }

    private static Task AnswerWithHeadersAsync(HttpContext context)
    {
        context.Response.Headers["X-Name"] = "Zo\u00C3\u00AB";
        context.Response.Headers.Connection = "X-Hop";
        context.Response.Headers["X-Hop"] = "mine";
        context.Response.Headers["Keep-Alive"] = "timeout=3";
        return context.Response.WriteAsync("headers");
    }

    private static async Task EchoSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1000];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (got.MessageType == WebSocketMessageType.Close)
                break;
            await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, context.RequestAborted);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }

    // One line for each delivery, which outlives the process.
    private void Note(HttpRequest request)
    {
        if (_ledger is null || !request.Headers.TryGetValue("X-Request", out var id))
            return;
        using var file = new FileStream(_ledger, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        file.Write(System.Text.Encoding.UTF8.GetBytes($"{id} {_name}\n"));
    }
}
