using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

/// <summary>F5 in an IDE that starts projects itself, to debug them.</summary>
public class DebugSessionTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Projects_FromAnIde_AreStartedAndEndedByIt_AndTheGatewayByTheOrchestrator()
    {
        await using var ide = await Ide.StartAsync();
        await using var run = AppHostRun.StartFrom(ide);

        await UntilHealthyAsync(run);

        Assert.Equal(["Api", "Api", "Api", "Migrator"], ide.Projects.Order());
        Assert.All(ide.Launches, launch => Assert.Equal(("project", "Debug"), ((string?)launch["type"], (string?)launch["mode"])));
        Assert.Equal(3, ide.Running("Api").Count);
        await UntilSaidAsync(run, "gateway", "Running, Healthy", 1);
        run.Interrupt();
        Assert.Equal(0, await run.EndAsync());
        Assert.Empty(run.Errors);
        await run.UntilNothingIsLeftAsync();
        Assert.Empty(ide.Running(""));
    }

    [Fact]
    public async Task Projects_AnIdeThatRefuses_AreToldToHaveFailed()
    {
        await using var ide = await Ide.StartAsync(refuses: true);
        await using var run = AppHostRun.StartFrom(ide);

        await Until.TrueAsync(
            () =>
                Task.FromResult(
                    run.Output.Any(line =>
                        line.StartsWith("migrator-", StringComparison.Ordinal) && line.EndsWith(": FailedToStart", StringComparison.Ordinal)
                    )
                ),
            Generous,
            () => $"Nothing was said of it:{Environment.NewLine}{string.Join(Environment.NewLine, run.Output.Concat(run.Errors))}",
            TestContext.Current.CancellationToken
        );

        Assert.Contains("Migrator", ide.Projects);
        run.Interrupt();
        Assert.Equal(0, await run.EndAsync());
        await run.UntilNothingIsLeftAsync();
    }

    private static Task UntilHealthyAsync(AppHostRun run) => UntilSaidAsync(run, "api", "Running, Healthy", 3);

    private static Task UntilSaidAsync(AppHostRun run, string resource, string state, int replicas) =>
        Until.TrueAsync(
            () =>
                Task.FromResult(
                    run.Output.Count(line =>
                        line.StartsWith($"{resource}-", StringComparison.Ordinal) && line.EndsWith($": {state}", StringComparison.Ordinal)
                    ) == replicas
                ),
            Generous,
            () =>
                $"Not {replicas} of {resource} became {state}. It "
                + $"said:{Environment.NewLine}{string.Join(Environment.NewLine, run.Output.Concat(run.Errors))}",
            TestContext.Current.CancellationToken
        );
}
