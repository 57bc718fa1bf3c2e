using AspireDeploy.Workload;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>A replica behind a gateway, the program <c>tests/ContractReplica</c>.</summary>
public abstract class ContractReplica : IAsyncDisposable
{
    /// <summary>Gets what it calls itself in <c>X-Replica</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Gets a value that indicates whether it still runs.</summary>
    public abstract bool IsRunning { get; }

    /// <summary>Kills it.</summary>
    public abstract Task KillAsync();

    /// <summary>Has it answer nothing more, with its connections open.</summary>
    public abstract void Hang();

    /// <summary>Has it go on.</summary>
    public abstract void GoOn();

    /// <summary>Tells it, past the gateway, whether to say it is ready.</summary>
    public abstract Task SayReadyAsync(bool isReady);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A replica that is a process of this machine.</summary>
internal sealed class LocalReplica(string name, ServiceProcess process, Uri address, Uri http2Address) : ContractReplica
{
    public override string Name => name;

    public override bool IsRunning => !process.HasEnded;

    public Uri Address => address;

    public Uri Http2Address => http2Address;

    public override async Task KillAsync()
    {
        process.Kill();
        await process.EndAsync(TestContext.Current.CancellationToken);
    }

    public override void Hang() => Signals.Freeze(process.Id);

    public override void GoOn() => Signals.Thaw(process.Id);

    public override async Task SayReadyAsync(bool isReady)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Headers = { { "X-Do", isReady ? "ready" : "unready" } } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public override ValueTask DisposeAsync() => process.DisposeAsync();
}
