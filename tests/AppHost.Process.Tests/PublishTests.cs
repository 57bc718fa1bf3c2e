using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AppHost.Process.Tests;

public sealed partial class PublishTests : IDisposable
{
    // Among the build's output, so that the manifest's relative paths are the same on every machine.
    private readonly string _directory = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"p-{Guid.NewGuid():N}")).FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Manifest_OfTheSolution_IsAsExpected()
    {
        await using var run = AppHostRun.Start(null, "--publisher", "manifest", "--output-path", At("m.json"));

        Assert.Equal(0, await run.EndAsync());

        Assert.Empty(run.Errors);
        await ExpectAsync(await File.ReadAllTextAsync(At("m.json"), Token));
        await run.UntilNothingIsLeftAsync();
        Assert.Empty(run.TemporaryDirectories);
    }

    [Fact]
    public async Task Manifest_AsAzdAsksForIt_IsTheSame()
    {
        using var azd = System.Diagnostics.Process.Start(new ProcessStartInfo("dotnet", ["run", "--no-build", "--project", "AppHost.csproj", "--publisher", "manifest", "--output-path", At("m.json")])
        {
            WorkingDirectory = Path.Combine(Solution(), "AppHost"),
            RedirectStandardOutput = true,
        })!;
        var output = await azd.StandardOutput.ReadToEndAsync(Token);
        await azd.WaitForExitAsync(Token);

        Assert.True(azd.ExitCode == 0, output);
        await ExpectAsync(await File.ReadAllTextAsync(At("m.json"), Token));
    }

    [Fact]
    public async Task Steps_ThatFail_AreToldAndEndWithACode()
    {
        await using var run = AppHostRun.StartSmall("failing-steps", arguments: ["--operation", "publish"]);

        Assert.Equal(1, await run.EndAsync());

        Assert.Equal(["error: 2 steps failed: 'one': The disk is full.; 'two': InvalidOperationException: Odd. ('--include-exception-details' shows where)"], run.Errors);
        Assert.Equal(
            ["beside: done in N s", "one: failed in N s: The disk is full.", "two: failed in N s: InvalidOperationException: Odd. ('--include-exception-details' shows where)"],
            run.Output.Select(line => Time().Replace(Seconds().Replace(line, ""), "in N s")).Order());
    }

    [Theory]
    [InlineData("error: There is no pipeline step 'pubish'. Did you mean 'publish'? Steps: ", "--operation", "publish", "--step", "pubish")]
    [InlineData("error: Publisher 'helm' is unknown. The one publisher is 'manifest'; ", "--publisher", "helm")]
    [InlineData("error: Step 'publish' runs only when publishing. Add '--operation publish'.", "--step", "publish")]
    [InlineData("error: Step 'publish-manifest' failed: It isn't said where the manifest is to be. ", "--publisher", "manifest")]
    [InlineData("error: Step 'publish-manifest' failed: '/dev/null/m.json' can't be written: ", "--publisher", "manifest", "--output-path", "/dev/null/m.json")]
    public async Task Publishing_ThatCantWork_IsOneLine(string line, params string[] arguments)
    {
        await using var run = AppHostRun.StartSmall("well-formed", arguments: arguments);

        Assert.Equal(1, await run.EndAsync());

        Assert.StartsWith(line, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, output => output.Contains("   at ", StringComparison.Ordinal));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string At(string name) => Path.Combine(_directory, name);

    /// <summary>Compares with what is expected; with <c>UPDATE_EXPECTED=1</c> takes over what is there.</summary>
    private static async Task ExpectAsync(string manifest)
    {
        var expected = Path.Combine(Solution(), "tests", "AppHost.Process.Tests", "Expected", "aspire-manifest.json");
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(expected)!);
            await File.WriteAllTextAsync(expected, manifest, Token);
        }

        Assert.Equal(await File.ReadAllTextAsync(expected, Token), manifest);
    }

    private static string Solution([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"^ *\d+\.\d+ s  ")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"in \d+\.\d+ s")]
    private static partial Regex Time();
}
