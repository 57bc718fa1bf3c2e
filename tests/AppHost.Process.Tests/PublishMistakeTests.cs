namespace AppHost.Process.Tests;

/// <summary>
/// Mistakes that show when publishing: one line each, and a code that isn't 0, with <c>dotnet run</c> and with the <c>aspire</c> command.
/// </summary>
public sealed class PublishMistakeTests : IDisposable
{
    private const string LostOnCompose =
        "Docker Compose can't carry \"7s doubling to 5m\". Docker's back-off is its own: 100ms doubling to 1m, counted anew after "
        + "10s. Remedy: declare none; or let it go with --allow-loss";
    private const string LostOnSwarm =
        "Docker Swarm can't carry \"7s doubling to 5m\". Swarm waits the same time before every restart. Remedy: declare "
        + "initialBackoff and maxBackoff as 5m; or let it go with --allow-loss";

    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-mistakes-");
    private readonly RecordedPrograms _programs = new();

    public void Dispose()
    {
        _output.Delete(recursive: true);
        _programs.Dispose();
    }

    [Fact]
    public async Task Publish_WhatNoTargetCarries_IsALineForEachLossAndTarget_AndNothingIsWritten() =>
        Assert.Equal(
            [
                $"error: api.backoff: {LostOnCompose} api.backoff.",
                $"error: api.backoff: {LostOnSwarm} api.backoff.",
                $"error: worker.backoff: {LostOnCompose} worker.backoff.",
                $"error: worker.backoff: {LostOnSwarm} worker.backoff.",
            ],
            (await RefusedAsync("lossy", "--operation", "publish")).Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task Publish_WhatNoTargetCarries_ByTheAspireCommand_IsALineEach()
    {
        var refused = await AspireOnce.RunAsync(_programs, "lossy", "publish", "--output-path", _output.FullName);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.All(["api.backoff", "worker.backoff"], key =>
            Assert.All(["Docker Compose", "Docker Swarm"], target =>
                Assert.True(refused.Count($"{key}: {target} can't carry") == 1, refused.Output)
            )
        );
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", refused.Output, StringComparison.Ordinal);
        Assert.Empty(_output.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Publish_AMistakeOfTheDeclaration_IsOneLine_HoweverManyTargetsThereAre() =>
        Assert.Equal(
            [
                "error: api.readiness: asks the endpoint \"web\", which api doesn't have; name one of its own",
                "error: api.liveness: asks the endpoint \"page\", which api doesn't have; name one of its own",
            ],
            await RefusedAsync("unpublishable", "--operation", "publish")
        );

    [Theory]
    [InlineData("mistaken", "error: api.memory.limit: \"12 pounds\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("mistaken-limit", "error: api.memory.limit: 512 is less than the 6Mi any container needs")]
    [InlineData("mistaken-request", "error: api.memory.request: 1Gi is more than the limit, 512Mi")]
    [InlineData("mistaken-as-a-whole", "error: gateway.httpsPort: 7080 is the port for HTTP already")]
    public async Task Declaration_ThatThrows_IsOneLine_WhetherPublishedOrRun(string declaration, string line)
    {
        Assert.Equal([line], await RefusedAsync(declaration, "--operation", "publish"));
        Assert.Equal([line], await RefusedAsync(declaration));
    }

    [Fact]
    public async Task Declaration_ThatThrows_ByTheAspireCommand_IsOneLine()
    {
        var refused = await AspireOnce.RunAsync(_programs, "mistaken", "publish", "--output-path", _output.FullName);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.True(refused.Count("api.memory.limit: \"12 pounds\" is not a size; write 256Mi, 0.5Gi or 512MB") == 1, refused.Output);
        Assert.DoesNotContain("   at ", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_LossesThatAreAllowed_GoThrough()
    {
        await using var run = AppHostRun.StartSmall(
            "lossy",
            _programs.Environment,
            null,
            "--operation",
            "publish",
            "--output-path",
            _output.FullName,
            "--allow-loss",
            "api.backoff",
            "--allow-loss",
            "worker.backoff"
        );

        Assert.Equal(0, await run.EndAsync());

        Assert.Empty(run.Errors);
        Assert.Contains("  api.backoff  LOST 7s doubling to 5m: Swarm waits the same time before every restart", run.Output);
        Assert.True(File.Exists(Path.Combine(_output.FullName, "compose", "compose.yaml")));
    }

    [Fact]
    public async Task Publish_LossesThatAreAllowed_ByTheAspireCommand_GoThrough()
    {
        var published = await AspireOnce.RunAsync(
            _programs,
            "lossy",
            "publish",
            "--output-path",
            _output.FullName,
            "--",
            "--allow-loss",
            "api.backoff",
            "--allow-loss",
            "worker.backoff"
        );

        Assert.True(published.ExitCode == 0, published.Output);
        Assert.True(File.Exists(Path.Combine(_output.FullName, "swarm", "stack.api.yaml")));
    }

    [Fact]
    public async Task Publish_AnAllowedLossThatIsNone_NamesThoseThereAre() =>
        Assert.Equal(
            ["error: --allow-loss api.backof: no target loses that; what is lost, and can be allowed, is api.backoff, worker.backoff"],
            await RefusedAsync("lossy", "--operation", "publish", "--allow-loss", "api.backof")
        );

    [Fact]
    public async Task Publish_AnOptionNearlyOneOfOurs_IsOneLine() =>
        Assert.Equal(
            ["error: Unknown option '--allow-los'. Did you mean '--allow-loss'?"],
            await RefusedAsync("lossy", "--operation", "publish", "--allow-los", "api.backoff")
        );

    [Fact]
    public async Task Steps_ThatFail_AreALineEach_AndWhatDependsOnThemDoesNotRun() =>
        Assert.Equal(
            ["error: Step 'two' failed: Odd.", "error: The disk is full."],
            (await RefusedAsync("failing-steps", "--operation", "publish", "--step", "after-all")).Order(StringComparer.Ordinal)
        );

    [Fact]
    public async Task AStep_ThatDoesNotExist_IsOneLine() =>
        Assert.StartsWith(
            "error: Step 'pubish' not found in pipeline. Available steps: ",
            Assert.Single(await RefusedAsync("one-target", "--operation", "publish", "--step", "pubish")),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Publish_ParametersWithoutValues_NeedsNone()
    {
        await using var run = AppHostRun.StartSmall(
            "parameters",
            _programs.Environment,
            null,
            "--operation",
            "publish",
            "--output-path",
            _output.FullName
        );

        Assert.True(await run.EndAsync() == 0, string.Join('\n', run.Errors));

        Assert.Contains(
            "GREETING=",
            await File.ReadAllTextAsync(Path.Combine(_output.FullName, "compose", ".env"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(run.Output, static line => line.Contains("saved to deployment state", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Deploy_ParametersWithoutValues_AreNamedInOneLine_BeforeAnythingIsDeployed()
    {
        using var answering = new RecordedPrograms(answer: "99.0.0");
        await using var run = AppHostRun.StartSmall(
            "parameters",
            answering.Environment,
            null,
            "--operation",
            "publish",
            "--step",
            "deploy-compose",
            "--output-path",
            _output.FullName
        );

        Assert.Equal(1, await run.EndAsync());

        var folder = Path.Combine(_output.FullName, "compose");
        Assert.Equal(
            [
                "error: Docker Compose needs the secret payment-key: set Parameters__payment-key, or put it into "
                    + $"{Path.Combine(folder, "secrets", "payment-key")}; the parameter greeting: set Parameters__greeting, or "
                    + $"GREETING in {Path.Combine(folder, ".env")}",
            ],
            run.Errors
        );
        Assert.DoesNotContain(answering.Calls, static call => call.Contains(" up", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<string>> RefusedAsync(string declaration, params string[] arguments)
    {
        await using var run = AppHostRun.StartSmall(
            declaration,
            _programs.Environment,
            null,
            [.. arguments, "--output-path", _output.FullName]
        );
        Assert.True(await run.EndAsync() == 1, string.Join('\n', run.Output.Concat(run.Errors)));
        Assert.DoesNotContain(run.Output, static line =>
            line.Contains("   at ", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal)
        );
        Assert.Empty(_programs.Calls);
        Assert.Empty(_output.EnumerateFileSystemInfos());
        return run.Errors;
    }
}
