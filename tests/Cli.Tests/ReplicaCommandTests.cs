using System.Text.Json.Nodes;

namespace Cli.Tests;

/// <summary>
/// Commands on all replicas of a resource, by the resource's name. Aspire 13.6 itself answers that there is no such resource, as it has no
/// instance of that name.
/// </summary>
[Collection(StartedAppHostTests.Name)]
public sealed class ReplicaCommandTests(StartedAppHost appHost)
{
    [Fact]
    public async Task Wait_ByName_IsForAllReplicas()
    {
        await appHost.Home.UntilHealthyAsync("api");

        Assert.All(await appHost.ReplicasAsync(), replica => Assert.Equal("Running, Healthy", StateOf(replica)));
        Assert.Equal(3, (await appHost.ReplicasAsync()).Count);
    }

    [Theory]
    [InlineData("--replicas", "5")]
    [InlineData("--replicas=5")]
    public async Task Scale_ByName_ChangesTheNumber(params string[] number)
    {
        await appHost.Home.SucceedAsync(["resource", "api", "scale", .. number]);
        await appHost.Home.UntilHealthyAsync("api");

        var scaled = await appHost.ReplicasAsync();
        await BackToThreeAsync();

        Assert.Equal(
            ["Running, Healthy", "Running, Healthy", "Running, Healthy", "Running, Healthy", "Running, Healthy"],
            scaled.Select(StateOf)
        );
        Assert.Equal(3, (await appHost.ReplicasAsync()).Count);
    }

    /// <summary>Of one replica the command knows the arguments, so that it says itself which there are.</summary>
    [Fact]
    public async Task Scale_ByAReplicasName_ChangesTheNumber()
    {
        var replica = StartedAppHost.Text((await appHost.ReplicasAsync())[0], "name");

        await appHost.Home.SucceedAsync("resource", replica, "scale", "--replicas", "2");

        var scaled = await appHost.ReplicasAsync();
        await BackToThreeAsync();
        Assert.Equal(2, scaled.Count);
    }

    [Theory]
    [InlineData("--replicas 7", "--replicas", "7")]
    [InlineData("--replicas=0", "--replicas=0")]
    [InlineData("--replicas", "--replicas")]
    [InlineData("--replicas")]
    public async Task Scale_ToWhatCantBe_SaysWhatCan(string told, params string[] number)
    {
        var refused = await appHost.Home.RunAsync(["resource", "api", "scale", .. number]);

        Assert.Equal(16, refused.ExitCode);
        Assert.Contains(refused.Errors, line =>
            line.Trim() == $"{told}: api runs as 1 to 6 replicas: up to twice what WithReplicas declares, or the most of WithAutoscaling."
        );
        Assert.Equal(3, (await appHost.ReplicasAsync()).Count);
    }

    [Fact]
    public async Task RollingRestart_ByName_RestartsEach()
    {
        var before = await ProcessesAsync();

        await appHost.Home.SucceedAsync("resource", "api", "rolling-restart");

        var after = await ProcessesAsync();
        Assert.Equal(3, after.Count);
        Assert.Empty(after.Intersect(before));
        Assert.All(await appHost.ReplicasAsync(), replica => Assert.Equal("Running, Healthy", StateOf(replica)));
    }

    [Fact]
    public async Task Restart_ByName_RestartsAll()
    {
        var before = await ProcessesAsync();

        await appHost.Home.SucceedAsync("resource", "api", "restart");
        await appHost.Home.UntilHealthyAsync("api");

        var after = await ProcessesAsync();
        Assert.Equal(3, after.Count);
        Assert.Empty(after.Intersect(before));
    }

    [Fact]
    public async Task StopAndStart_ByName_AreForAll()
    {
        await appHost.Home.SucceedAsync("resource", "api", "stop");
        await appHost.Home.SucceedAsync("wait", "api", "--status", "down");
        var stopped = await appHost.ReplicasAsync();
        await appHost.Home.SucceedAsync("resource", "api", "start");
        await appHost.Home.UntilHealthyAsync("api");

        Assert.Equal(3, stopped.Count);
        Assert.All(stopped, replica => Assert.Contains(StartedAppHost.Text(replica, "state"), (string[])["Exited", "Finished"]));
        Assert.Equal(["Running, Healthy", "Running, Healthy", "Running, Healthy"], (await appHost.ReplicasAsync()).Select(StateOf));
    }

    [Fact]
    public async Task Logs_ByName_AreOfAll()
    {
        var logs = await appHost.Home.SucceedAsync("logs", "api", "--format", "json");

        var told = logs.Json["logs"]!.AsArray().Select(line => StartedAppHost.Text(line!, "resourceName")).ToHashSet();
        Assert.Superset((await appHost.ReplicasAsync()).Select(replica => StartedAppHost.Text(replica, "name")).ToHashSet(), told);
    }

    private async Task BackToThreeAsync()
    {
        await appHost.Home.SucceedAsync("resource", "api", "scale", "--replicas", "3");
        await appHost.Home.UntilHealthyAsync("api");
    }

    private async Task<IReadOnlyList<string>> ProcessesAsync() =>
        [.. (await appHost.ReplicasAsync()).Select(replica => replica["properties"]?["executable.pid"]?.ToString()).OfType<string>()];

    private static string StateOf(JsonNode replica) =>
        $"{StartedAppHost.Text(replica, "state")}, {StartedAppHost.Text(replica, "healthStatus")}";
}
