using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Pipelines;

public class PipelineTests
{
    private readonly List<string> _ran = [];

    [Fact]
    public async Task Step_ThatIsAskedFor_RunsAfterWhatItDependsOnAndNothingElseRuns()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep("write", Runs("write"), dependsOn: "prepare", requiredBy: WellKnownPipelineSteps.Publish);
        run.Builder.Pipeline.AddStep("prepare", Runs("prepare"), requiredBy: new[] { WellKnownPipelineSteps.Publish });
        run.Builder.Pipeline.AddStep("up", Runs("up"), requiredBy: WellKnownPipelineSteps.Deploy);

        await run.RunAsync();

        Assert.Equal(["prepare", "write"], _ran);
        Assert.Equal(["prepare Completed", "write Completed"], run.Ended);
    }

    [Fact]
    public async Task Steps_OfAResource_AreMadeForIt()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.AddContainer("web", "nginx").WithPipelineStepFactory(context => new PipelineStep
        {
            Name = $"write-{context.Resource.Name}",
            Action = Runs("write"),
            RequiredBySteps = [WellKnownPipelineSteps.Publish],
        });
        PipelineStep? seen = null;
        run.Builder.AddContainer("other", "nginx").WithPipelineConfiguration(context =>
            seen = Assert.Single(context.GetSteps(context.Model.Resources.Single(r => r.Name == "web"))));

        await run.RunAsync();

        Assert.Equal("write-web", seen?.Name);
        Assert.Equal("web", seen?.Resource?.Name);
        Assert.Equal(["write"], _ran);
    }

    [Fact]
    public async Task PipelineConfiguration_OrdersStepsByTheirTags()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep(new() { Name = "a", Action = Runs("a"), RequiredBySteps = ["publish"] });
        run.Builder.Pipeline.AddStep(new() { Name = "b", Action = Runs("b"), Tags = [WellKnownPipelineTags.BuildCompute], RequiredBySteps = ["publish"] });
        run.Builder.Pipeline.AddPipelineConfiguration(context =>
        {
            context.GetSteps(WellKnownPipelineTags.BuildCompute).RequiredBy("a");
            return Task.CompletedTask;
        });

        await run.RunAsync();

        Assert.Equal(["b", "a"], _ran);
    }

    [Fact]
    public async Task Steps_ThatAreIndependent_RunAtTheSameTime()
    {
        var run = new PipelineTestRun("publish");
        var both = new Barrier(2);
        foreach (var name in (string[])["a", "b"])
        {
            run.Builder.Pipeline.AddStep(name, context =>
            {
                // Neither comes back unless the other runs too.
                Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1), context.CancellationToken));
                return Task.CompletedTask;
            }, requiredBy: WellKnownPipelineSteps.Publish);
        }

        await run.RunAsync();

        Assert.Equal(["a Completed", "b Completed"], run.Ended.Order());
    }

    [Fact]
    public async Task Step_ThatFails_StopsWhatDependsOnItAndNothingElse()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep("bad", _ => throw new DistributedApplicationException("The disk is full."), requiredBy: WellKnownPipelineSteps.Publish);
        run.Builder.Pipeline.AddStep("after", Runs("after"), dependsOn: "bad", requiredBy: WellKnownPipelineSteps.Publish);
        run.Builder.Pipeline.AddStep("beside", async context =>
        {
            await Task.Yield();
            await Runs("beside")(context);
        }, requiredBy: WellKnownPipelineSteps.Publish);

        var failure = await run.FailAsync();

        Assert.Equal("Step 'bad' failed: The disk is full.", failure.Message);
        Assert.Equal(["beside"], _ran);
        Assert.Equal(["bad CompletedWithError", "beside Completed"], run.Ended.Order());
    }

    [Fact]
    public async Task Steps_ThatFail_AreAllTold()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep("a", _ => throw new IOException("No space left."), requiredBy: WellKnownPipelineSteps.Publish);
        run.Builder.Pipeline.AddStep("b", _ => throw new InvalidOperationException("Odd."), requiredBy: WellKnownPipelineSteps.Publish);

        var failure = await run.FailAsync();

        Assert.Equal("2 steps failed: 'a': No space left.; 'b': InvalidOperationException: Odd. ('--include-exception-details' shows where)", failure.Message);
    }

    [Fact]
    public async Task Step_ThatLogs_IsToldUnderItsOwnName()
    {
        var run = new PipelineTestRun("publish");
        foreach (var name in (string[])["a", "b"])
        {
            run.Builder.Pipeline.AddStep(name, async context =>
            {
                await Task.Yield();
                context.Logger.LogInformation("I am {Name}", name);
                context.Logger.LogDebug("unseen");
            }, requiredBy: WellKnownPipelineSteps.Publish);
        }

        await run.RunAsync();

        Assert.Equal(["a: I am a", "b: I am b"], run.Activities.OfType<LogActivity>().Select(l => $"{l.Step.Title}: {l.Text}").Order());
    }

    [Fact]
    public async Task Step_WhoseTaskFailed_EndsAsBadly()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep("a", async context =>
        {
            var task = await context.ReportingStep.CreateTaskAsync("pushing", context.CancellationToken);
            await task.WarnAsync("slow", context.CancellationToken);
        }, requiredBy: WellKnownPipelineSteps.Publish);

        await run.RunAsync();

        Assert.Equal(["a CompletedWithWarning"], run.Ended);
    }

    [Fact]
    public async Task Pipeline_ThatIsToldToStop_StartsNoFurtherStepAndFails()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep("long", async context =>
        {
            context.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        });
        run.Builder.Pipeline.AddStep("after", Runs("after"), dependsOn: "long", requiredBy: WellKnownPipelineSteps.Publish);

        var failure = await run.FailAsync();

        Assert.Equal("Stopped before the pipeline had run to its end.", failure.Message);
        Assert.Empty(_ran);
        Assert.Equal(["long CompletedWithError"], run.Ended);
    }

    [Fact]
    public async Task Events_OfPublishing_SurroundTheSteps()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep("write", Runs("write"), requiredBy: WellKnownPipelineSteps.Publish);
        run.Builder.Pipeline.AddStep("early", Runs("early"), requiredBy: WellKnownPipelineSteps.BeforeStart);
        run.Builder.Eventing.Subscribe<BeforeStartEvent>(Noted<BeforeStartEvent>);
        run.Builder.Eventing.Subscribe<BeforePublishEvent>(Noted<BeforePublishEvent>);
        run.Builder.Eventing.Subscribe<AfterPublishEvent>(Noted<AfterPublishEvent>);

        await run.RunAsync();

        Assert.Equal(["BeforeStartEvent", "early", "BeforePublishEvent", "write", "AfterPublishEvent"], _ran);
    }

    [Fact]
    public async Task Step_WithNothingToDo_SaysSo()
    {
        var run = new PipelineTestRun("publish");

        await run.RunAsync();

        Assert.StartsWith("Step 'publish' has nothing to do", Assert.Single(run.Activities.OfType<LogActivity>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summary_IsToldAtTheEnd()
    {
        var run = new PipelineTestRun("publish");
        run.Builder.Pipeline.AddStep("write", context =>
        {
            context.Summary.Add("compose", "out/compose/compose.yaml");
            return Task.CompletedTask;
        }, requiredBy: WellKnownPipelineSteps.Publish);

        await run.RunAsync();

        var end = Assert.IsType<EndActivity>(run.Activities.Last());
        Assert.Equal(CompletionState.Completed, end.State);
        Assert.Equal(("compose", "out/compose/compose.yaml"), Assert.Single(end.Summary) switch { var item => (item.Key, item.Value) });
    }

    [Fact]
    public async Task Diagnostics_TellOfEveryStepAndItsOrder()
    {
        var run = new PipelineTestRun("diagnostics");
        run.Builder.AddContainer("web", "nginx").WithPipelineStepFactory("write", Runs("write"), dependsOn: ["publish-prereq"], requiredBy: ["publish"], description: "Writes it.");

        await run.RunAsync();

        var text = Assert.Single(run.Activities.OfType<LogActivity>()).Text;
        Assert.Contains("  write  of web  after publish-prereq\n      Writes it.\n", text, StringComparison.Ordinal);
        Assert.Contains("  publish: process-parameters → publish-prereq → write → publish\n", text, StringComparison.Ordinal);
        Assert.Empty(_ran);
    }

    [Fact]
    public void AddStep_OfANameThatIsTaken_IsRefused()
    {
        var run = new PipelineTestRun("publish");

        Assert.Throws<InvalidOperationException>(() => run.Builder.Pipeline.AddStep("publish", Runs("publish")));
    }

    [Fact]
    public async Task Publishing_StartsNothing()
    {
        var run = new PipelineTestRun("publish");
        var started = false;
        run.Builder.AddContainer("web", "nginx").OnBeforeResourceStarted((_, _, _) =>
        {
            started = true;
            return Task.CompletedTask;
        });
        run.Builder.Pipeline.AddStep("write", Runs("write"), requiredBy: WellKnownPipelineSteps.Publish);

        await run.RunAsync();

        Assert.Equal(["write"], _ran);
        Assert.False(started);
    }

    private Func<PipelineStepContext, Task> Runs(string name) => _ =>
    {
        lock (_ran)
        {
            _ran.Add(name);
        }

        return Task.CompletedTask;
    };

    private Task Noted<T>(T _, CancellationToken cancellationToken)
    {
        _ran.Add(typeof(T).Name);
        return Task.CompletedTask;
    }
}
