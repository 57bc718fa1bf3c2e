namespace Cli.Tests;

[Collection(StartedAppHostTests.Name)]
public sealed class AppHostCommandTests(StartedAppHost appHost)
{
    [Fact]
    public async Task Ps_NamesTheOneThatRuns()
    {
        var running = Assert.Single((await appHost.Home.SucceedAsync("ps", "--format", "json")).Json.AsArray())!;

        Assert.Equal(Path.Combine(AspireHome.Solution, "AppHost", "AppHost.csproj"), StartedAppHost.Text(running, "appHostPath"));
        Assert.Equal(StartedAppHost.Text(appHost.Started, "appHostPid"), StartedAppHost.Text(running, "appHostPid"));
        Assert.Equal(StartedAppHost.Text(appHost.Started, "dashboardUrl"), StartedAppHost.Text(running, "dashboardUrl"));
    }

    /// <summary>The replicas that are declared for scaling up aren't told of, nor what stands for all of them.</summary>
    [Fact]
    public async Task Describe_TellsOfWhatWasDeclared()
    {
        var names = (await appHost.DescribeAsync()).Select(resource => StartedAppHost.Text(resource, "displayName"));

        Assert.Equal(["api", "api", "api", "cache", "catalog", "gateway", "migrator", "postgres"], names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Start_Isolated_TakesFreePorts()
    {
        var addresses = (await appHost.DescribeAsync())
            .SelectMany(resource => resource["urls"]?.AsArray() ?? [])
            .Select(url => new Uri(StartedAppHost.Text(url!, "url")).Port);

        Assert.DoesNotContain(addresses, port => port is 5080 or 7080 or 7443);
    }

    [Fact]
    public async Task Logs_OfEverything_AreOfWhatIsToldOf()
    {
        var logs = (await appHost.Home.SucceedAsync("logs", "--format", "json")).Json["logs"]!.AsArray();
        var told = (await appHost.Home.SucceedAsync("describe", "--format", "json")).Json["resources"]!
            .AsArray()
            .SelectMany(resource => (string[])[StartedAppHost.Text(resource!, "name"), StartedAppHost.Text(resource!, "displayName")])
            .ToHashSet();

        Assert.NotEmpty(logs);
        Assert.Subset(told, logs.Select(line => StartedAppHost.Text(line!, "resourceName")).ToHashSet());
    }

    [Fact]
    public async Task Resource_ThatRunsOnce_IsStoppedAndStarted()
    {
        await appHost.Home.SucceedAsync("resource", "cache", "stop");
        await appHost.Home.SucceedAsync("wait", "cache", "--status", "down");
        await appHost.Home.SucceedAsync("resource", "cache", "start");
        await appHost.Home.UntilHealthyAsync("cache");
        await appHost.Home.SucceedAsync("resource", "cache", "restart");
        await appHost.Home.UntilHealthyAsync("cache");
        await appHost.Home.UntilHealthyAsync("api");
    }

    [Fact]
    public async Task Resource_ThatIsNot_IsNamed()
    {
        var refused = await appHost.Home.RunAsync("resource", "apis", "stop");

        Assert.Equal(16, refused.ExitCode);
        Assert.Contains(refused.Errors, line =>
            line.EndsWith("Failed to stop resource 'apis': Resource 'apis' not found.", StringComparison.Ordinal)
        );
    }
}
