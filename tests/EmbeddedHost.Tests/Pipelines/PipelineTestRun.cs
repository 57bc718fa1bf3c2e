using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.Pipelines;
using EmbeddedHost.Tests.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Pipelines;

/// <summary>An AppHost that runs a step of its pipeline, and what was told of it.</summary>
internal sealed class PipelineTestRun : IActivityLog
{
    private readonly ConcurrentQueue<Activity> _activities = new();

    public PipelineTestRun(string step, params string[] args)
    {
        Builder = Declared.Builder(["--operation", "publish", "--step", step, .. args]);
        Builder.Services.AddSingleton<IActivityLog>(this);
    }

    public DistributedApplicationBuilder Builder { get; }

    public IEnumerable<Activity> Activities => _activities;

    /// <summary>The steps that ended, in that order, each with how it ended.</summary>
    public IEnumerable<string> Ended => _activities.OfType<StepActivity>().Where(s => s.State != CompletionState.InProgress).Select(s => $"{s.Step.Title} {s.State}");

    public async Task RunAsync()
    {
        await using var application = Builder.Build();
        await application.RunAsync(TestContext.Current.CancellationToken);
    }

    public Task<DistributedApplicationException> FailAsync() => Assert.ThrowsAsync<DistributedApplicationException>(RunAsync);

    void IActivityLog.Write(Activity activity) => _activities.Enqueue(activity);
}
