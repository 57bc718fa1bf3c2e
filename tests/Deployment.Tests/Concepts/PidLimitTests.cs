namespace AspireDeploy.Tests.Concepts;

public class PidLimitTests
{
    [Fact]
    public void WithPidLimit_OnAResource_IsThatResources_AndTheLastHolds() =>
        Assert.Equal(
            256,
            Declared.Container().WithPidLimit(100).WithPidLimit(256).Resource.Annotations.OfType<PidLimitAnnotation>().Single().Limit
        );

    [Fact]
    public void WithPidLimit_OnATarget_IsTheDefaultOfItsContainers() =>
        Assert.Equal(500, Declared.Application().AddDockerComposeTarget().WithPidLimit(500).Resource.Options.PidLimit);

    [Theory]
    [InlineData(0, "api.pids: 0 is too few; its own process is one already")]
    [InlineData(-5, "api.pids: -5 is too few; its own process is one already")]
    public void WithPidLimit_LessThanOne_IsRefusedWithResourceAndValue(int limit, string refusal) =>
        Assert.Equal(refusal, Declared.Refusal(() => Declared.Container().WithPidLimit(limit)));
}
