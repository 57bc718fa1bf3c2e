using AspireDeploy.PostgreSQL;

namespace AspireDeploy.Hosting.Tests.Processes;

public class FailingServerTests(FailingServers servers) : IClassFixture<FailingServers>
{
    [Fact]
    public Task Data_OfAnotherMajor_IsSaid() =>
        AssertFailsAsync(
            "old",
            $"The data in {servers.OldData} was made by PostgreSQL 12 and can't be opened by "
                + $"{string.Join('.', PostgresTool.Version.Split('.')[..2])}: dump it with 12 and restore it here, or remove the directory "
                + "to begin anew."
        );

    [Fact]
    public Task Data_ThatIsNoCluster_IsSaidAndLeftAlone() =>
        AssertFailsAsync("foreign", $"{servers.ForeignData} holds files that are not a PostgreSQL cluster: move them away.");

    [Theory]
    [InlineData("used")]
    [InlineData("used-cache")]
    public Task Data_InUseByAnother_IsSaid(string resource) =>
        AssertFailsAsync(
            resource,
            $"The data in {servers.UsedPlace} is in use by another run, or by another resource of this one: stop that first, or "
                + "give this one a volume of its own."
        );

    [Fact]
    public Task Redis_PasswordThatGarnetCannotTell_IsSaid() =>
        AssertFailsAsync(
            "accented",
            "The password of 'accented' holds signs beyond ASCII, which Garnet doesn't know apart: declare one without, or set "
                + "ASPIREDEPLOY_REDIS to a redis-server."
        );

    [Fact]
    public async Task Database_OfAServerThatFails_ShowsIt()
    {
        await servers.Running.UntilAsync("table", KnownResourceStates.FailedToStart);
    }

    [Fact]
    public async Task Resource_ThatWaitsForOneThatFails_SaysSo()
    {
        await servers.Running.UntilLogHasAsync("waiting", "'used-cache'");
        Assert.NotEqual(KnownResourceStates.Running, servers.Running.Latest("waiting")!.State?.Text);
    }

    private async Task AssertFailsAsync(string resource, string reason)
    {
        await servers.Running.UntilAsync(resource, KnownResourceStates.FailedToStart);

        Assert.EndsWith(reason, await servers.Running.UntilLogHasAsync(resource, reason));
        var log = await servers.Running.LogAsync(resource);
        Assert.Single(log, line => line.Contains(reason, StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
