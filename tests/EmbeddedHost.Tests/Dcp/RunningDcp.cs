using Aspire.Hosting;
using Aspire.Hosting.Dcp;
using AspireDeploy.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Dcp;

/// <summary>A real DCP of a test's own, and what the tests do with it.</summary>
internal sealed class RunningDcp : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TempFiles _files = new();
    private readonly DcpServer _server;

    private RunningDcp(DcpSettings settings) => _server = new DcpServer(settings, _files, NullLogger<DcpServer>.Instance);

    public DcpClient Client { get; private set; } = null!;

    public static async Task<RunningDcp> StartAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs that these tests run are Unix's.");
        var settings = new DcpSettings(new ConfigurationBuilder().Build());
        try
        {
            settings.FindDcp();
        }
        catch (DistributedApplicationException missing)
        {
            Engine.Missing(missing.Message);
        }

        var dcp = new RunningDcp(settings);
        dcp.Client = await dcp._server.StartAsync(TestContext.Current.CancellationToken);
        return dcp;
    }

    public Task StopAsync() => _server.StopAsync(nothingRuns: false, TestContext.Current.CancellationToken);

    /// <summary>Creates an executable and waits for a state of it.</summary>
    public async Task<Executable> RunAsync(string state, string name, string path, params string[] args)
    {
        await Client.CreateAsync(new Executable { Metadata = { Name = name }, Spec = new() { ExecutablePath = path, Args = [.. args] } }, TestContext.Current.CancellationToken);
        return await UntilAsync<Executable>(name, e => e.Status?.State == state);
    }

    public async Task<T> UntilAsync<T>(string name, Func<T, bool> holds) where T : DcpObject, IDcpObject<T>
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        return await Client.WatchAsync<T>(limit.Token).FirstAsync(o => o.Metadata.Name == name && holds(o), limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
    }
}
