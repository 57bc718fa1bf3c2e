using AspireDeploy.Workload;

namespace AspireDeploy.Api.Tests;

/// <summary>A replica of the API: a process, and a client of it.</summary>
internal sealed class Replica : IAsyncDisposable
{
    // No answer may take longer than this, whatever is down.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private Replica(ServiceProcess process)
    {
        Process = process;
        Client = NewClient();
    }

    public ServiceProcess Process { get; }

    public HttpClient Client { get; }

    /// <summary>Starts a replica and waits until it is healthy.</summary>
    public static async Task<Replica> StartAsync(
        IReadOnlyDictionary<string, string?> environment,
        string name,
        CancellationToken cancellationToken
    ) => new(await ServiceProcess.ServeAsync("Api", Named(environment, name), cancellationToken));

    /// <summary>A client with connections of its own.</summary>
    public HttpClient NewClient() => new() { BaseAddress = Process.Address, Timeout = Timeout };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
    }

    private static Dictionary<string, string?> Named(IReadOnlyDictionary<string, string?> environment, string name) =>
        new(environment) { ["OTEL_SERVICE_INSTANCE_ID"] = name };
}
