using AspireDeploy.ContractReplica;
using Grpc.Core;
using Grpc.Net.Client;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>That gRPC passes: calls by Microsoft's client to Microsoft's server.</summary>
public abstract class GrpcContract<TGateway>(TGateway gateway) : IClassFixture<TGateway>, IAsyncLifetime
    where TGateway : ContractGateway
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(gateway.Address, new() { HttpClient = gateway.Client });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Echo.EchoClient Client => new(_channel);

    public async ValueTask InitializeAsync() => await gateway.WithReplicasAsync(3);

    [Fact]
    public async Task Call_Unary_IsAnswered() =>
        Assert.Equal("hello", (await Client.SayAsync(new() { Value = "hello" }, cancellationToken: Cancellation)).Value);

    [Fact]
    public async Task Call_Failing_HasTheServersStatus()
    {
        var failed = await Assert.ThrowsAsync<RpcException>(() =>
            Client.FailAsync(new() { Value = "not yet" }, cancellationToken: Cancellation).ResponseAsync
        );
        Assert.Equal(new(StatusCode.FailedPrecondition, "not yet"), failed.Status);
    }

    [Fact]
    public async Task Call_StreamingBothWays_IsAnsweredOneByOne()
    {
        using var call = Client.Converse(cancellationToken: Cancellation);
        for (var i = 0; i < 5; i++)
        {
            await call.RequestStream.WriteAsync(new() { Value = $"hello {i}" }, Cancellation);
            Assert.True(await call.ResponseStream.MoveNext(Cancellation));
            Assert.Equal($"hello {i}", call.ResponseStream.Current.Value);
        }
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Cancellation));
    }

    [Fact]
    public async Task Call_StreamIsQuietForLongerThanASlowClientMayBe_GoesOn()
    {
        using var call = Client.Converse(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new() { Value = "before" }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        await Task.Delay(TimeSpan.FromSeconds(7), Cancellation);
        await call.RequestStream.WriteAsync(new() { Value = "after" }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));
        Assert.Equal("after", call.ResponseStream.Current.Value);
    }

    public ValueTask DisposeAsync()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
