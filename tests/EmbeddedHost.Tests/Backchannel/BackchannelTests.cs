using Aspire.Hosting;
using Aspire.Hosting.Backchannel;

namespace EmbeddedHost.Tests.Backchannel;

public class BackchannelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Command_IsToldWhatCanBeAsked()
    {
        await using var command = new AspireCommand("publish");
        await command.ConnectAsync();

        Assert.Equal(["baseline.v2", "pipeline-steps.v1"], await command.Rpc.InvokeWithCancellationAsync<string[]>("GetCapabilitiesAsync", [], Token));

        await ActivitiesAsync(command);
        await StopAsync(command);
        await command.Run;
        Assert.False(File.Exists(command.SocketPath));
    }

    [Fact]
    public async Task Pipeline_RunsOnceTheCommandIsThereAndIsToldToItsEnd()
    {
        await using var command = new AspireCommand("write");
        command.Builder.Pipeline.AddStep("prepare", _ => Task.CompletedTask);
        command.Builder.Pipeline.AddStep("write", async context =>
        {
            var task = await context.ReportingStep.CreateTaskAsync("writing", context.CancellationToken);
            await task.CompleteAsync("written", cancellationToken: context.CancellationToken);
            context.Summary.Add("file", "out/file");
        }, dependsOn: "prepare");
        await command.ConnectAsync();

        var activities = await ActivitiesAsync(command);

        Assert.Equal(
            ["step prepare InProgress", "step prepare Completed", "step write InProgress", "task writing InProgress", "task writing Completed", "step write Completed", "publish-complete  Completed"],
            activities.Select(a => $"{a.Type} {a.Data.StatusText} {a.Data.CompletionState}"));
        Assert.Equal(activities[0].Data.Id, activities[2].Data.ParentStepId);
        Assert.Equal(activities[2].Data.Id, activities[3].Data.StepId);
        Assert.Equal(new PipelineSummaryLine("file", "out/file", false), Assert.Single(activities[^1].Data.PipelineSummary!));
        Assert.False(command.Run.IsCompleted);

        await StopAsync(command);
        await command.Run;
    }

    [Fact]
    public async Task Pipeline_ThatFails_IsToldAndEndsWithThatFailure()
    {
        await using var command = new AspireCommand("pubish");
        await command.ConnectAsync();

        var activities = await ActivitiesAsync(command);

        Assert.Equal("CompletedWithError", activities[^1].Data.CompletionState);
        Assert.Contains(activities, a => a is { Type: "step", Data: { CompletionState: "CompletedWithError" } data } &&
            data.StatusText.StartsWith("There is no pipeline step 'pubish'.", StringComparison.Ordinal));
        await StopAsync(command);
        await Assert.ThrowsAsync<DistributedApplicationException>(() => command.Run);
    }

    [Fact]
    public async Task Steps_AreListedForOneThatIsAskedFor()
    {
        await using var command = new AspireCommand("publish");
        command.Builder.AddContainer("web", "nginx");
        command.Builder.Pipeline.AddStep("write", _ => Task.CompletedTask, requiredBy: "publish");
        await command.ConnectAsync();

        var response = await command.Rpc.InvokeWithCancellationAsync<PipelineStepsResponse>("GetPipelineStepsAsync", [new PipelineStepsRequest("publish")], Token);

        Assert.Equal(["write", "publish"], response.Steps.Select(s => s.Name));
        Assert.Equal(["write"], response.Steps[1].DependsOn);
        await ActivitiesAsync(command);
        await StopAsync(command);
        await command.Run;
    }

    private static async Task<List<PublishingActivity>> ActivitiesAsync(AspireCommand command)
    {
        var activities = new List<PublishingActivity>();
        await foreach (var activity in await command.Rpc.InvokeWithCancellationAsync<IAsyncEnumerable<PublishingActivity>>("GetPublishingActivitiesAsync", [], Token))
        {
            activities.Add(activity);
            if (activity.Type == "publish-complete")
            {
                break;
            }
        }

        return activities;
    }

    private static Task StopAsync(AspireCommand command) => command.Rpc.InvokeWithCancellationAsync("RequestStopAsync", [], Token);
}
