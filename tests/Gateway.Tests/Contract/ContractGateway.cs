using System.Text;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>
/// A running gateway that the contract (<c>docs/gateway.md</c>) is tested on: where it is reached, and how its replicas are made.
/// It serves <c>localhost</c>; <c>/</c> leads to the replicas, <c>/stripped</c> too, with the prefix taken off, and
/// <c>/aspiredeploy.contract.Echo</c> to their gRPC service.
/// </summary>
public abstract class ContractGateway : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("contract-");
    private HttpClient? _client;

    /// <summary>Gets where it serves HTTPS.</summary>
    public abstract Uri Address { get; }

    /// <summary>Gets where it only sends on to <see cref="Address"/>.</summary>
    public abstract Uri PlainAddress { get; }

    /// <summary>Gets the replicas that it has, dead ones left out.</summary>
    public abstract IReadOnlyList<ContractReplica> Replicas { get; }

    /// <summary>Gets what it has written to its log.</summary>
    public abstract IReadOnlyList<string> Log { get; }

    /// <summary>Gets a client of it: HTTP/1.1 unless a request says otherwise; headers are bytes.</summary>
    public HttpClient Client =>
        _client ??= new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
                ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
                SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
            }
        )
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromMinutes(1),
        };

    /// <summary>Gets where replicas write their deliveries.</summary>
    protected string Ledger => Path.Combine(_directory.FullName, "ledger");

    /// <summary>Gets a directory that lasts as long as the gateway.</summary>
    protected string DirectoryPath => _directory.FullName;

    /// <summary>Starts a replica, and returns once the gateway knows where it is.</summary>
    /// <param name="isReady">Whether it says it is ready.</param>
    public abstract Task<ContractReplica> StartReplicaAsync(bool isReady = true);

    /// <summary>Has the gateway send a replica nothing more.</summary>
    public abstract Task DrainAsync(ContractReplica replica);

    /// <summary>Waits until these replicas, and no others, are sent requests.</summary>
    public abstract Task UntilSentToAsync(IReadOnlyCollection<ContractReplica> replicas);

    /// <summary>Sees to it that so many replicas are there and ready, and no others.</summary>
    public async Task WithReplicasAsync(int count)
    {
        foreach (var one in Replicas.Skip(count).ToList())
        {
            await DrainAsync(one);
            await one.DisposeAsync();
        }
        while (Replicas.Count < count)
            await StartReplicaAsync();
        await UntilSentToAsync([.. Replicas]);
    }

    /// <summary>Returns which replicas a request was delivered to, in turn.</summary>
    public IReadOnlyList<string> Deliveries(string request)
    {
        if (!File.Exists(Ledger))
            return [];
        using var reader = new StreamReader(new FileStream(Ledger, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var lines = reader.ReadToEnd().Split('\n').Select(line => line.Split(' '));
        return [.. lines.Where(parts => parts[0] == request).Select(parts => parts[1])];
    }

    /// <inheritdoc/>
    public abstract ValueTask InitializeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        await StopAsync();
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the gateway and its replicas.</summary>
    protected abstract Task StopAsync();
}
