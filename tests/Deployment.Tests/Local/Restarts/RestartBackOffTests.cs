using AspireDeploy.Local.Restarts;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Local.Restarts;

public sealed class RestartBackOffTests
{
    private static readonly RestartBackOff BackOff = new(
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(10),
        Growth: 2
    );

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 8)]
    [InlineData(5, 10)]
    [InlineData(1000, 10)]
    public void Wait_NoChance_GrowsUpToTheLongest(int attempt, double seconds) =>
        Assert.Equal(seconds, BackOff.Wait(attempt, 0.5).TotalSeconds, precision: 6);

    [Fact]
    public void Wait_Chance_MovesItByAFifth()
    {
        Assert.Equal(1.6, BackOff.Wait(2, 0).TotalSeconds, precision: 6);
        Assert.Equal(2.4, BackOff.Wait(2, 1).TotalSeconds, precision: 6);
        Assert.Equal(10, BackOff.Wait(9, 1).TotalSeconds, precision: 6);
    }

    [Fact]
    public void Of_Declared_IsUsed()
    {
        var policy = new RestartPolicy(RestartMode.Always, BackOff: new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7)))
        {
            ResetAfter = TimeSpan.FromSeconds(5),
        };
        Assert.Equal(new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(5), Growth: 2), RestartBackOff.For(policy));
    }

    [Fact]
    public void Of_NotDeclared_HasTimesOfItsOwn() =>
        Assert.Equal(
            new(TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), Growth: 5),
            RestartBackOff.For(RestartPolicy.Always)
        );
}
