using System.Text.Json.Nodes;
using AspireDeploy.Engines;

namespace AppHost.Process.Tests;

public class TerminalTests
{
    private const string CtrlC = "\x03";

    /// <summary>Ctrl+C in a terminal reaches <c>dotnet run</c> and the AppHost under it alike.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 130)]
    public async Task CtrlC_UnderDotnetRun_EndsWithItsCode(int presses, int code)
    {
        await using var run = TerminalRun.Start("well-formed");
        await run.UntilShownAsync("Now listening on: ");
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

    [Fact]
    public async Task ParameterWithoutValue_IsAskedFor_NotShown_AndKeptInTheUserSecrets()
    {
        var home = Directory.CreateTempSubdirectory("aspiredeploy-home-");
        try
        {
            await using var run = TerminalRun.Start("unset-parameter", new Dictionary<string, string>
            {
                // Where user secrets are, on Linux.
                ["HOME"] = home.FullName,
                ["ASPIRE_USER_SECRETS_ID"] = "asked",
                // What else is under HOME: the tools, where it isn't root's, and the packages.
                ["ASPIREDEPLOY_TOOLS"] = SolutionTools.Cache,
                ["NUGET_PACKAGES"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
            });
            await run.UntilShownAsync("Parameter 'payment-key' has no value yet.");
            await run.UntilShownAsync("Its value, which isn't shown: ");

            await run.TypeAsync("sesamx\x7f" + "e\r");

            await run.UntilShownAsync("Now listening on: ");
            Assert.DoesNotContain("sesam", run.Screen, StringComparison.Ordinal);
            var kept = Path.Combine(home.FullName, ".microsoft", "usersecrets", "asked", "secrets.json");
            Assert.Equal("sesame", JsonNode.Parse(await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken))!["Parameters:payment-key"]!.GetValue<string>());
            await run.TypeAsync(CtrlC);
            Assert.Equal(0, await run.EndAsync());
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ParameterWithoutValue_NoAnswer_EndsWithWhatToDo()
    {
        await using var run = TerminalRun.Start("unset-parameter");
        await run.UntilShownAsync("Its value, which isn't shown: ");

        await run.TypeAsync("\r");

        Assert.Equal(1, await run.EndAsync());
        Assert.Contains(" Parameter 'payment-key' has no value. Set 'Parameters:payment-key'", run.Screen, StringComparison.Ordinal);
        await run.UntilNothingIsLeftAsync();
    }

    [Fact]
    public async Task ParameterWithoutValue_CtrlCWhileAsked_Ends()
    {
        await using var run = TerminalRun.Start("unset-parameter");
        await run.UntilShownAsync("Its value, which isn't shown: ");

        await run.TypeAsync(CtrlC);

        Assert.Equal(0, await run.EndAsync());
        await run.UntilNothingIsLeftAsync();
    }
}
