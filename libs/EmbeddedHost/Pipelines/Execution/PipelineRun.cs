using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Runs the pipeline once the application has started, and then stops the application.</summary>
internal sealed class PipelineRun(
    IDistributedApplicationPipeline pipeline,
    IPipelineActivityReporter reporter,
    IDistributedApplicationEventing eventing,
    IHostApplicationLifetime lifetime,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IServiceProvider services,
    ILogger<PipelineRun> logger) : BackgroundService
{
    /// <summary>Why it failed; null if it didn't, or hasn't ended yet.</summary>
    public Exception? Failure { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backchannel = services.GetService<BackchannelServer>();
        try
        {
            await (backchannel?.Connected ?? Task.CompletedTask).WaitAsync(stoppingToken).ConfigureAwait(false);
            var context = new PipelineContext(model, executionContext, services, logger, stoppingToken);
            await eventing.PublishAsync(new BeforePublishEvent(services, model), stoppingToken).ConfigureAwait(false);
            await pipeline.ExecuteAsync(context).ConfigureAwait(false);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), stoppingToken).ConfigureAwait(false);
            await reporter.CompletePublishAsync(new PublishCompletionOptions { PipelineSummary = context.Summary.Items }, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Failure = stoppingToken.IsCancellationRequested && e is OperationCanceledException
                ? new DistributedApplicationException("Stopped before the pipeline had run to its end.", e)
                : e;
            if (backchannel is not null)
            {
                // The aspire command shows what steps say and nothing else.
                var whole = await reporter.CreateStepAsync("pipeline", CancellationToken.None).ConfigureAwait(false);
                await whole.FailAsync(Failure.Message, CancellationToken.None).ConfigureAwait(false);
            }

            await reporter.CompletePublishAsync(
                new PublishCompletionOptions { CompletionState = CompletionState.CompletedWithError, CompletionMessage = Failure.Message },
                CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            // The aspire command reads to the end what happened, and then stops the application itself.
            if (backchannel is null)
            {
                lifetime.StopApplication();
            }
        }
    }
}
