using System.Diagnostics;

namespace AppHost.Tests;

/// <summary>The end of an application that a test has started.</summary>
public class DisposalTests
{
    // Aspire waits half a minute where something that is hosted doesn't end.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(25);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Solution_Disposed_WaitsForNothingThatHasEnded()
    {
        var solution = await Solution.StartAsync(Token);
        await solution.UntilHealthyAsync("api", Token);

        var began = Stopwatch.StartNew();
        await solution.DisposeAsync();

        Assert.True(began.Elapsed < Limit, $"It took {began.Elapsed}.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{began.Elapsed}");
    }
}
