using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Display;

public class HiddenTests
{
    [Fact]
    public async Task WithHidden_AResource_IsHiddenInEveryState()
    {
        Assert.Equal([true, true], await AreHiddenAsync(step => step.WithHidden(), new(KnownResourceStates.Running, null), new(KnownResourceStates.Finished, 1)));
    }

    [Fact]
    public async Task WithHiddenOnCompletion_AStep_IsHiddenOnceItHasEndedWell()
    {
        Assert.Equal(
            [false, false, true],
            await AreHiddenAsync(step => step.WithHiddenOnCompletion(), new(KnownResourceStates.Running, null), new(KnownResourceStates.Finished, 1), new(KnownResourceStates.Finished, 0)));
    }

    [Fact]
    public async Task Resource_WithoutMore_IsShown()
    {
        Assert.Equal([false], await AreHiddenAsync(step => step, new Told(KnownResourceStates.Finished, 0)));
    }

    private static async Task<IReadOnlyList<bool>> AreHiddenAsync(Func<IResourceBuilder<ExecutableResource>, IResourceBuilder<ExecutableResource>> declare, params Told[] states)
    {
        var builder = Declared.Builder();
        var step = declare(builder.AddExecutable("step", "step", "."));
        await using var app = builder.Build();
        var hidden = new List<bool>();
        foreach (var (state, exitCode) in states)
        {
            await app.ResourceNotifications.PublishUpdateAsync(step.Resource, s => s with { State = state, ExitCode = exitCode });
            Assert.True(app.ResourceNotifications.TryGetCurrentState("step", out var known));
            hidden.Add(known.Snapshot.IsHidden);
        }

        return hidden;
    }

    private sealed record Told(string State, int? ExitCode);
}
