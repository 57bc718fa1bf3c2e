using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AppHost.Process.Tests;

public sealed class PublishTests : IDisposable
{
    // Among the build's output, so that the manifest's relative paths are the same on every machine.
    private readonly string _directory = Directory
        .CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"p-{Guid.NewGuid():N}"))
        .FullName;

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
        using var azd = System.Diagnostics.Process.Start(
            new ProcessStartInfo(
                "dotnet",
                ["run", "--no-build", "--project", "AppHost.csproj", "--publisher", "manifest", "--output-path", At("m.json")]
            )
            {
                WorkingDirectory = Path.Combine(Solution(), "AppHost"),
                RedirectStandardOutput = true,
            }
        )!;
        var output = await azd.StandardOutput.ReadToEndAsync(Token);
        await azd.WaitForExitAsync(Token);

        Assert.True(azd.ExitCode == 0, output);
        await ExpectAsync(await File.ReadAllTextAsync(At("m.json"), Token));
    }

    [Theory]
    [InlineData(
        "error: The '--output-path [path]' option was not specified even though manifest publishing was requested.",
        "--publisher",
        "manifest"
    )]
    [InlineData("error: Step 'publish-manifest' failed: ", "--publisher", "manifest", "--output-path", "/dev/null/m.json")]
    public async Task Manifest_ThatCantBeWritten_IsOneLine(string line, params string[] arguments)
    {
        await using var run = AppHostRun.StartSmall("for-azd", null, null, arguments);

        Assert.Equal(1, await run.EndAsync());

        Assert.StartsWith(line, Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output, output => output.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Manifest_OfAnAppHostWithoutTheTargetForAzure_WarnsOfWhatAzdLoses()
    {
        await using var run = AppHostRun.StartSmall("one-target", null, null, "--publisher", "manifest", "--output-path", At("m.json"));

        Assert.Equal(0, await run.EndAsync());

        Assert.Equal(
            [
                "warning: This manifest is Aspire's plain one. azd deploys by it without what it has no words for: what waits for "
                    + "what, probes, limits of memory, restarts, replicas. Declare builder.AddAzureContainerAppsTarget(), and it has them.",
            ],
            run.Errors
        );
        Assert.Contains("container.v0", await File.ReadAllTextAsync(At("m.json"), Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up", 1, false)]
    [InlineData("down", 0, true)]
    public async Task Manifest_ThatIsRefused_IsThereForAzdDownAlone(string command, int code, bool isWritten)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "A shell that is called azd is found in /proc.");
        // azd asks for the manifest by a process of its own, and says nothing of its command.
        File.CreateSymbolicLink(At("azd"), "/bin/sh");
        var program = Path.Combine(
            Solution(),
            "tests",
            "SmallAppHosts",
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            new DirectoryInfo(AppContext.BaseDirectory).Name,
            "SmallAppHosts.dll"
        );
        await File.WriteAllTextAsync(
            At(command),
            $"dotnet '{program}' refused-by-azure --publisher manifest --output-path '{At("m.json")}'\nexit $?\n",
            Token
        );

        using var azd = System.Diagnostics.Process.Start(
            new ProcessStartInfo(At("azd"), [command, "--no-prompt"])
            {
                WorkingDirectory = _directory,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = await azd.StandardError.ReadToEndAsync(Token);
        await azd.WaitForExitAsync(Token);

        Assert.True(azd.ExitCode == code, said);
        Assert.Equal(isWritten, File.Exists(At("m.json")));
        Assert.Equal(!isWritten, said.Contains("big.memory: Azure Container Apps can't carry", StringComparison.Ordinal));
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

    private static string Solution([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
