using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EmbeddedHost.Tests.Containers;

namespace EmbeddedHost.Tests.Orchestration;

public class StartAfterEndTests
{
    [Fact]
    public async Task Start_WhileAnEndIsBeingTold_StartsAnotherRun()
    {
        var builder = RunningApplication.Builder();
        RunningApplication? running = null;
        var first = DateTime.MaxValue;
        var asked = new TaskCompletionSource<Task>();
        var isStarted = new TaskCompletionSource();
        // The states of commands are asked for as an end is told, before anybody else hears of it.
        builder.AddExecutable("brief", "/bin/sh", ".", "-c", "sleep 0.1").WithCommand(
            "look", "Look", _ => Task.FromResult(CommandResults.Success()), new CommandOptions { UpdateState = context => Look(context.ResourceSnapshot) });
        await using var app = await RunningApplication.StartAsync(builder);
        running = app;
        isStarted.SetResult();
        await await asked.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        await app.UntilAsync("brief", s => s.State?.Text == "Finished" && s.StopTimeStamp > first);

        ResourceCommandState Look(CustomResourceSnapshot snapshot)
        {
            if (snapshot.State?.Text == "Finished" && !asked.Task.IsCompleted)
            {
                first = snapshot.StopTimeStamp!.Value;
                var start = Task.Run(async () =>
                {
                    await isStarted.Task;
                    await running!.CommandAsync("brief", KnownResourceCommands.StartCommand);
                });
                // One that does something can't end before the end is told: its state comes after it.
                start.Wait(TimeSpan.FromSeconds(2));
                asked.TrySetResult(start);
            }

            return ResourceCommandState.Enabled;
        }
    }
}
