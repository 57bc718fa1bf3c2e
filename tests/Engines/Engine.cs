using System.Net;
using System.Net.Sockets;
using AspireDeploy.Processes;
using AspireDeploy.Tools;
using Xunit;

namespace AspireDeploy.Engines;

/// <summary>
/// A real server for tests, on a free loopback port, with a password and data of its own. Its data outlives its process, but not this
/// object.
/// </summary>
public abstract class Engine : IAsyncDisposable
{
    private const string RequireVariable = "ASPIREDEPLOY_REQUIRE_ENGINES";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private OwnedProcess? _process;

    private protected Engine(string kind)
    {
        Data = DataDirectory.ThrowAway(Environment, kind);
        Port = FreePort();
    }

    /// <summary>Gets the loopback port that the server listens on, the same after every start.</summary>
    public int Port { get; }

    /// <summary>Gets the password that clients must give.</summary>
    public string Password { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12));

    /// <summary>Gets the running server's process.</summary>
    public int ProcessId => Running.Id;

    /// <summary>Gets what the server has written to its console since its last start.</summary>
    public string Output => _process?.Output ?? "";

    private protected static ToolEnvironment Environment { get; } = ToolEnvironment.ForProcess();

    private protected static ToolCache Cache { get; } = ToolCache.In(Environment);

    private protected DataDirectory Data { get; }

    private OwnedProcess Running => _process ?? throw new InvalidOperationException("The server has not been started.");

    /// <summary>Skips the running test because an engine is absent, or fails it where every engine must be present.</summary>
    /// <param name="reason">What is missing and how to get it.</param>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void Missing(string reason)
    {
        if (System.Environment.GetEnvironmentVariable(RequireVariable) == "1")
            Assert.Fail($"{reason} ({RequireVariable}=1)");
        Assert.Skip(reason);
    }

    /// <summary>Kills the server as a crash would: at once, and without a word to it.</summary>
    public Task KillAsync() => Running.KillAsync();

    /// <summary>Starts the server again, on the same port and data.</summary>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        _process?.Dispose();
        _process = OwnedProcess.Start(await PrepareAsync(cancellationToken));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (!await AnswersAsync(limit.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"{GetType().Name} ended instead of starting: {Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }

    /// <summary>Ends the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await _process.KillAsync();
        _process?.Dispose();
        await Data.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<ProcessCommand> PrepareAsync(CancellationToken cancellationToken);

    private protected abstract Task<bool> AnswersAsync(CancellationToken cancellationToken);

    private protected async Task<TEngine> StartedAsync<TEngine>(CancellationToken cancellationToken)
        where TEngine : Engine
    {
        try
        {
            await StartAgainAsync(cancellationToken);
            return (TEngine)this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
