using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Answers the dashboard: what the resources are, what they print, and the commands clicked there.</summary>
internal sealed class DashboardResourceService(
    DashboardApplicationName applicationName,
    ResourceFeed feed,
    ResourceLoggerService loggers,
    ResourceCommandService commands,
    ILogger<DashboardResourceService> logger,
    CancellationToken stopping) : DashboardService.DashboardServiceBase
{
    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context) =>
        Task.FromResult(new ApplicationInformationResponse { ApplicationName = applicationName.Value });

    public override Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context) =>
        SendAsync(feed.WatchAsync, responseStream, context);

    public override Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context)
    {
        var log = request.SuppressFollow ? loggers.GetAllAsync(request.ResourceName) : loggers.WatchAsync(request.ResourceName);
        return SendAsync(cancellationToken => ConsoleLogBatches.FromAsync(log, cancellationToken), responseStream, context);
    }

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        try
        {
            var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, CommandMessage.Arguments(request), context.CancellationToken).ConfigureAwait(false);
            return CommandMessage.From(result);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogError(e, "Command '{Command}' of '{Resource}' failed.", request.CommandName, request.ResourceName);
            return new() { Kind = ResourceCommandResponseKind.Failed, Message = e.Message };
        }
    }

    public override async Task WatchInteractions(
        IAsyncStreamReader<WatchInteractionsRequestUpdate> requestStream, IServerStreamWriter<WatchInteractionsResponseUpdate> responseStream, ServerCallContext context)
    {
        // The dashboard learns from the headers that the call is understood.
        await context.WriteResponseHeadersAsync([]).ConfigureAwait(false);
        await UntilStoppedAsync(async cancellationToken =>
        {
            while (await requestStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
            }
        }, context).ConfigureAwait(false);
    }

    private Task SendAsync<T>(Func<CancellationToken, IAsyncEnumerable<T>> updates, IServerStreamWriter<T> responseStream, ServerCallContext context) =>
        UntilStoppedAsync(async cancellationToken =>
        {
            await foreach (var update in updates(cancellationToken).ConfigureAwait(false))
            {
                await responseStream.WriteAsync(update, cancellationToken).ConfigureAwait(false);
            }
        }, context);

    /// <summary>Ends a stream quietly when the dashboard hangs up or the service stops.</summary>
    private async Task UntilStoppedAsync(Func<CancellationToken, Task> stream, ServerCallContext context)
    {
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, stopping);
        try
        {
            await stream(stopped.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (stopped.IsCancellationRequested && e is OperationCanceledException or IOException or InvalidOperationException)
        {
            // A write or read that was under way when the call ended fails with one of these.
        }
        catch (Exception e)
        {
            logger.LogError(e, "The dashboard's call {Method} failed.", context.Method);
            throw;
        }
    }
}
