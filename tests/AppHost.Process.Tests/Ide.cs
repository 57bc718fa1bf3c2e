using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AspireDeploy.Workload;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AppHost.Process.Tests;

/// <summary>
/// An IDE as DCP sees one: it starts the solution's projects when it is asked to, tells of them, and ends them. (Aspire's specification of
/// IDE execution.)
/// </summary>
internal sealed class Ide : IAsyncDisposable
{
    private const string Token = "of-this-session";

    private readonly WebApplication _server;
    private readonly bool _refuses;
    private readonly Channel<JsonObject> _notifications = Channel.CreateUnbounded<JsonObject>();
    private readonly ConcurrentDictionary<string, ServiceProcess> _sessions = new();
    private readonly ConcurrentQueue<JsonNode> _launches = new();
    private readonly ConcurrentBag<Task> _lives = [];
    private readonly CancellationTokenSource _closing = new();

    private Ide(bool refuses)
    {
        _refuses = refuses;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.UseWebSockets();
        _server.Use(
            (http, next) => http.Request.Headers.Authorization == $"Bearer {Token}" ? next(http) : Results.Unauthorized().ExecuteAsync(http)
        );
        _server.MapGet("/info", () => Information);
        _server.MapGet("/run_session/notify", NotifyAsync);
        _server.MapPut("/run_session", LaunchAsync);
        _server.MapDelete("/run_session/{id}", End);
    }

    /// <summary>Gets what an AppHost that is started from it has in its environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>
        {
            ["DEBUG_SESSION_PORT"] =
                $"localhost:{new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}",
            ["DEBUG_SESSION_TOKEN"] = Token,
            ["DEBUG_SESSION_INFO"] = Information.ToJsonString(),
            ["DEBUG_SESSION_RUN_MODE"] = "Debug",
        };

    /// <summary>Gets the launch configurations that it was asked to start.</summary>
    public IReadOnlyList<JsonNode> Launches => [.. _launches];

    /// <summary>Gets the projects that it was asked to start, by name.</summary>
    public IEnumerable<string> Projects => Launches.Select(ProjectOf);

    /// <summary>Returns the numbers of the processes that it runs of a project.</summary>
    public IReadOnlyList<int> Running(string project) =>
        [.. _sessions.Where(session => session.Key.StartsWith(project, StringComparison.Ordinal)).Select(session => session.Value.Id)];

    private static JsonObject Information =>
        new()
        {
            ["protocols_supported"] = new JsonArray("2024-03-03", "2024-04-23", "2025-10-01"),
            ["supported_launch_configurations"] = new JsonArray("project"),
        };

    public static async Task<Ide> StartAsync(bool refuses = false)
    {
        var ide = new Ide(refuses);
        await ide._server.StartAsync(TestContext.Current.CancellationToken);
        return ide;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        foreach (var process in _sessions.Values)
            process.Kill();
        await Task.WhenAll(_lives);
        await _server.DisposeAsync();
        _closing.Dispose();
    }

    private async Task<IResult> LaunchAsync(JsonObject asked)
    {
        var launch = asked["launch_configurations"]![0]!;
        _launches.Enqueue(launch.DeepClone());
        if (_refuses)
            return Results.Json(
                new JsonObject
                {
                    ["error"] = new JsonObject { ["code"] = "Refused", ["message"] = "It can't be debugged." },
                },
                statusCode: StatusCodes.Status500InternalServerError
            );
        var environment = asked["env"]!
            .AsArray()
            .ToDictionary(variable => (string)variable!["name"]!, variable => (string?)variable!["value"], StringComparer.Ordinal);
        var id = $"{ProjectOf(launch)}-{Guid.NewGuid():n}";
        var process = ServiceProcess.Start(
            ProjectOf(launch),
            environment,
            [.. (asked["args"]?.AsArray() ?? []).Select(argument => (string)argument!)]
        );
        _sessions[id] = process;
        await TellAsync(id, "processRestarted", "pid", process.Id);
        _lives.Add(LiveAsync(id, process));
        return Results.Created($"/run_session/{id}", null);
    }

    private async Task LiveAsync(string id, ServiceProcess process)
    {
        var code = await process.LifeAsync(CancellationToken.None);
        _sessions.TryRemove(id, out _);
        await TellAsync(id, "sessionTerminated", "exit_code", code);
        await process.DisposeAsync();
    }

    private IResult End(string id)
    {
        if (!_sessions.TryGetValue(id, out var process))
            return Results.NoContent();
        process.Terminate();
        return Results.Ok();
    }

    private async Task NotifyAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        try
        {
            await foreach (var notification in _notifications.Reader.ReadAllAsync(_closing.Token))
            {
                await socket.SendAsync(
                    JsonSerializer.SerializeToUtf8Bytes(notification),
                    WebSocketMessageType.Text,
                    endOfMessage: true,
                    _closing.Token
                );
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or WebSocketException)
        {
            // One of the two has gone.
        }
    }

    private ValueTask TellAsync(string id, string what, string name, int value) =>
        _notifications.Writer.WriteAsync(
            new()
            {
                ["notification_type"] = what,
                ["session_id"] = id,
                [name] = value,
            }
        );

    private static string ProjectOf(JsonNode launch) => Path.GetFileNameWithoutExtension((string)launch["project_path"]!);
}
