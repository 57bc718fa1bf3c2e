using Grpc.Core;

namespace AspireDeploy.ContractReplica;

/// <summary>Says what it is told.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    /// <inheritdoc/>
    public override Task<Text> Say(Text request, ServerCallContext context) => Task.FromResult(request);

    /// <inheritdoc/>
    public override async Task Converse(
        IAsyncStreamReader<Text> requestStream,
        IServerStreamWriter<Text> responseStream,
        ServerCallContext context
    )
    {
        await foreach (var text in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(text, context.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public override Task<Text> Fail(Text request, ServerCallContext context) =>
        throw new RpcException(new(StatusCode.FailedPrecondition, request.Value));
}
