namespace AppHost.Process.Tests;

public class TerminalTests
{
    private const string CtrlC = "\x03";

    /// <summary>Ctrl+C in a terminal reaches <c>dotnet run</c> and the AppHost under it alike.</summary>
    [Theory]
    [InlineData("well-formed", 1, 0)]
    [InlineData("stubborn", 2, 130)]
    public async Task CtrlC_UnderDotnetRun_EndsWithItsCode(string declaration, int presses, int code)
    {
        await using var run = TerminalRun.Start(declaration);
        await run.UntilShownAsync("Now listening on: ");
        if (declaration == "stubborn")
        {
            await run.UntilRunsAsync("sleep");
        }

        await run.TypeAsync(CtrlC);
        await run.UntilShownAsync("Ctrl+C again stops at once.");
        for (var press = 1; press < presses; press++)
        {
            await run.TypeAsync(CtrlC);
        }

        var ended = await run.EndAsync();

        Assert.True(code == ended, $"It ended with {ended}, not {code}:{Environment.NewLine}{run.Screen}");
        await run.UntilNothingIsLeftAsync();
    }
}
