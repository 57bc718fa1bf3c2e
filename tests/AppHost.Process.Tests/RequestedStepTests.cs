namespace AppHost.Process.Tests;

/// <summary>Describes which steps of a publish do something: none that reaches an engine, unless it was asked for by name.</summary>
public sealed class RequestedStepTests : IDisposable
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-asked-");
    private readonly RecordedPrograms _programs = new();

    public void Dispose()
    {
        _output.Delete(recursive: true);
        _programs.Dispose();
    }

    [Fact]
    public async Task Publish_WithoutAStep_WritesEveryTarget_AndCallsNoEngine()
    {
        await using var run = AppHostRun.StartWith(_programs.Environment, "--operation", "publish", "--output-path", _output.FullName);

        Assert.Equal(0, await run.EndAsync());

        Assert.Empty(run.Errors);
        Assert.Equal(
            ["azure", "compose", "kubernetes", "nomad", "swarm"],
            _output.EnumerateDirectories().Select(static folder => folder.Name).Order(StringComparer.Ordinal)
        );
        Assert.All(["azure", "compose", "kubernetes", "nomad", "swarm"], target =>
            Assert.True(File.Exists(Path.Combine(_output.FullName, target, "deployment.md")))
        );
        Assert.Empty(_programs.Calls);
    }

    [Fact]
    public async Task Publish_ByTheAspireCommand_CallsNoEngine()
    {
        var published = await AspireOnce.RunAsync(_programs, "one-target", "publish", "--output-path", _output.FullName);

        Assert.True(published.ExitCode == 0, published.Output);
        Assert.True(File.Exists(Path.Combine(_output.FullName, "compose", "compose.yaml")));
        Assert.Empty(_programs.Calls);
    }

    [Fact]
    public async Task EveryStep_RunByAStepOfTheAppHost_DeploysAndDestroysNothing_AndSaysSo()
    {
        await using var run = AppHostRun.StartSmall(
            "every-step",
            _programs.Environment,
            null,
            "--operation",
            "publish",
            "--step",
            "every",
            "--output-path",
            _output.FullName
        );

        Assert.True(await run.EndAsync() == 0, string.Join('\n', run.Errors));

        Assert.Empty(_programs.Calls);
        string[] targets = ["azure", "compose", "kubernetes", "nomad", "swarm"];
        string[] held = [.. targets.SelectMany(static target => (string[])[$"prepare-{target}", $"deploy-{target}", $"destroy-{target}"])];
        Assert.All(
            [.. held, "dry-run-azure", "dry-run-kubernetes", "dry-run-nomad", "status-azure", "status-kubernetes", "status-nomad"],
            step => Assert.Contains($"{step} does nothing: it wasn't asked for by name (aspire do {step}).", run.Output)
        );
    }

    [Theory]
    [InlineData(
        "deploy",
        "error: 'deploy' doesn't say which target it means: run 'aspire do deploy-compose' or 'aspire do deploy-swarm' or 'aspire "
            + "do deploy-kubernetes' or 'aspire do deploy-nomad' or 'aspire do deploy-azure'."
    )]
    [InlineData(
        "destroy",
        "error: 'destroy' doesn't say which target it means: run 'aspire do destroy-compose' or 'aspire do destroy-swarm' or "
            + "'aspire do destroy-kubernetes' or 'aspire do destroy-nomad' or 'aspire do destroy-azure'."
    )]
    public async Task ACommandThatNamesNoTarget_WithSeveral_IsRefused_AndNothingOfItRuns(string step, string line)
    {
        await using var run = AppHostRun.StartWith(
            _programs.Environment,
            "--operation",
            "publish",
            "--step",
            step,
            "--output-path",
            _output.FullName
        );

        Assert.Equal(1, await run.EndAsync());

        Assert.Equal([line], run.Errors);
        Assert.Empty(_programs.Calls);
        Assert.Empty(_output.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("destroy")]
    public async Task ACommandOfAspire_WithSeveralTargets_IsRefusedInOneLine(string command)
    {
        var refused = await AspireOnce.RunAsync(
            _programs,
            "lossy",
            [command, "--output-path", _output.FullName, .. command == "destroy" ? (string[])["--yes"] : []]
        );

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Equal(
            1,
            refused.Count(
                $"'{command}' doesn't say which target it means: run 'aspire do {command}-compose' or 'aspire do {command}-swarm'."
            )
        );
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
        Assert.Empty(_programs.Calls);
    }

    [Fact]
    public async Task Deploy_WithOneTarget_IsThatTargets()
    {
        await using var run = AppHostRun.StartSmall(
            "one-target",
            _programs.Environment,
            null,
            "--operation",
            "publish",
            "--step",
            "deploy",
            "--output-path",
            _output.FullName
        );

        Assert.Equal(1, await run.EndAsync());

        Assert.Equal(["error: Docker doesn't answer: start it, or see whether you may use it (docker info)."], run.Errors);
        Assert.Equal(["docker context show", "docker version --format {{.Server.Version}}"], _programs.Calls);
    }

    [Fact]
    public async Task Deploy_WithAzureAlone_IsAzures()
    {
        await using var run = AppHostRun.StartSmall(
            "for-azd",
            _programs.Environment,
            null,
            "--operation",
            "publish",
            "--step",
            "deploy",
            "--output-path",
            _output.FullName
        );

        Assert.Equal(1, await run.EndAsync());

        // The stand-in fails without a word.
        Assert.Equal(["error: az doesn't tell who is logged in: it says nothing. See whether az account show works."], run.Errors);
        Assert.All(_programs.Calls, static call => Assert.StartsWith("az account show ", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Destroy_ThatNobodyConfirms_DestroysNothing()
    {
        await using var run = AppHostRun.StartSmall(
            "one-target",
            _programs.Environment,
            null,
            "--operation",
            "publish",
            "--step",
            "destroy",
            "--output-path",
            _output.FullName
        );

        Assert.Equal(1, await run.EndAsync());

        Assert.Equal(
            [
                "error: 'destroy' takes down what was deployed to compose, and nobody is there to confirm it: say '--yes true', or "
                    + "run 'aspire do destroy-compose'.",
            ],
            run.Errors
        );
        Assert.Empty(_programs.Calls);
    }

    [Theory]
    [InlineData("destroy", "--yes")]
    [InlineData("do", "destroy-compose")]
    public async Task Destroy_Confirmed_OrNamed_RunsTheScript(params string[] command)
    {
        await AspireOnce.RunAsync(_programs, "one-target", "publish", "--output-path", _output.FullName);

        await AspireOnce.RunAsync(_programs, "one-target", [.. command, "--output-path", _output.FullName]);

        Assert.Contains(_programs.Calls, static call => call.StartsWith("docker ", StringComparison.Ordinal));
    }
}
