using AspireDeploy.Local.Restarts;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Local.Restarts;

public sealed class RestartDecisionTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(RestartMode.Never, 1, false)]
    [InlineData(RestartMode.Never, 0, false)]
    [InlineData(RestartMode.OnFailure, 0, false)]
    [InlineData(RestartMode.OnFailure, 1, true)]
    [InlineData(RestartMode.OnFailure, null, true)]
    [InlineData(RestartMode.Always, 0, true)]
    [InlineData(RestartMode.Always, 137, true)]
    public void End_ByMode_IsRestartedOrNot(RestartMode mode, int? exitCode, bool isWanted) =>
        Assert.Equal(isWanted, Decide(new(mode), exitCode, Short, 0).IsWanted);

    [Fact]
    public void End_SoonAfterARestart_CountsOn() => Assert.Equal(4, Decide(RestartPolicy.Always, 1, Short, 3).Attempt);

    [Fact]
    public void End_AfterAHealthyStretch_CountsAsTheFirst() => Assert.Equal(1, Decide(RestartPolicy.Always, 1, Long, 3).Attempt);

    [Fact]
    public void End_AfterTheLastAttempt_IsGivenUp()
    {
        var policy = new RestartPolicy(RestartMode.OnFailure, MaxAttempts: 2);
        Assert.Equal(new(2, IsWanted: true, IsGivenUp: false), Decide(policy, 1, Short, 1));
        Assert.Equal(new(3, IsWanted: false, IsGivenUp: true), Decide(policy, 1, Short, 2));
        Assert.Equal(new(3, IsWanted: false, IsGivenUp: false), Decide(policy, 0, Short, 2));
    }

    private static RestartDecision Decide(RestartPolicy policy, int? exitCode, TimeSpan ran, int restarts) =>
        RestartDecision.Make(policy, RestartBackOff.For(policy), exitCode, ran, restarts);
}
