using System.Net.Sockets;
using Aspire.Hosting;
using AspireDeploy.Workload;
using StreamJsonRpc;

namespace EmbeddedHost.Tests.Backchannel;

/// <summary>An AppHost that is published, and the other end of its backchannel, speaking JSON-RPC as the aspire command does.</summary>
internal sealed class AspireCommand : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private JsonRpc? _rpc;
    private Task _run = Task.CompletedTask;

    public AspireCommand(string step)
    {
        Builder = new(new DistributedApplicationOptions
        {
            IsDriven = true,
            DisableDashboard = true,
            ProjectDirectory = AppContext.BaseDirectory,
            Args = [$"--ASPIRE_BACKCHANNEL_PATH={SocketPath}", "--operation", "publish", "--step", step],
        });
    }

    public DistributedApplicationBuilder Builder { get; }

    public string SocketPath => Path.Combine(_directory.Path, "b.sock");

    public JsonRpc Rpc => _rpc!;

    /// <summary>Ends as the AppHost does.</summary>
    public Task Run => _run;

    /// <summary>Starts the AppHost and connects to it.</summary>
    public async Task ConnectAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var application = Builder.Build();
        _run = Task.Run(() => application.RunAsync(token), token);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await Until.TrueAsync(async () =>
        {
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath), token);
                return true;
            }
            catch (SocketException)
            {
                return _run.IsFaulted;
            }
        }, TimeSpan.FromMinutes(1), () => "The AppHost opened no socket.", token);
        var stream = new NetworkStream(socket, ownsSocket: true);
        _rpc = new(new HeaderDelimitedMessageHandler(stream, stream, new SystemTextJsonFormatter()));
        _rpc.StartListening();
    }

    public async ValueTask DisposeAsync()
    {
        _rpc?.Dispose();
        await _run.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _directory.Dispose();
    }
}
