using AspireDeploy.Model;
using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Concepts;

public class ContainerUserTests
{
    [Fact]
    public async Task WithContainerUser_OfAnUnknownImage_IsThePlans_WithoutCapabilities() =>
        Assert.Equal(
            new Isolation(1000, 50, ReadOnlyRoot: false, []),
            (
                await Planned.WorkloadAsync("api", static builder => builder.AddContainer("api", "example/api").WithContainerUser(1000, 50))
            ).Isolation
        );

    [Fact]
    public async Task WithContainerUser_OfAKnownImage_ReplacesItsUserAlone() =>
        Assert.Equal(
            WellKnownImages.Redis.Isolation with
            {
                UserId = 1001,
                GroupId = 1001,
            },
            (await Planned.WorkloadAsync("cache", static builder => builder.AddRedis("cache").WithContainerUser(1001))).Isolation
        );

    [Theory]
    [InlineData(0, null, "api.user: 0 is root; name another user, or leave WithContainerUser out to have the image's own")]
    [InlineData(-1, null, "api.user: -1 is no user's number; write one from 1 on")]
    [InlineData(1000, -1, "api.user: -1 is no group's number; write one from 0 on")]
    public void WithContainerUser_OfNobody_IsRefused(int user, int? group, string refusal) =>
        Assert.Equal(refusal, Declared.Refusal(() => Declared.Container().WithContainerUser(user, group)));
}
