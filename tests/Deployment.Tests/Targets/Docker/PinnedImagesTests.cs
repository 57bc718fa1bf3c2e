using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Tests.Targets.Docker;

public sealed class PinnedImagesTests
{
    private static readonly DeploymentPlan Plan = new()
    {
        Name = "shop",
        Workloads =
        [
            new()
            {
                Name = "api",
                Image = new ProjectImage("../Api/Api.csproj", "shop-api", "2-abc", "Api.dll"),
                Restart = RestartPolicy.Always,
            },
            new()
            {
                Name = "mail",
                Image = new ImageReference("docker.io/library/busybox", "1"),
                Restart = RestartPolicy.Always,
            },
        ],
    };

    [Fact]
    public void In_SettingsAsPublished_TellsNothing() => Assert.Empty(PinnedImages.In(DockerSettings.Write(Plan)!.Content, Plan));

    [Theory]
    [InlineData("API_IMAGE=shop-api:1-def\n")]
    [InlineData("API_IMAGE='shop-api:1-def'\n")]
    public void In_AnImageThatAPersonHasSet_SaysThatItRunsAndNotWhatWasBuilt(string settings) =>
        Assert.Equal(
            ["api runs shop-api:1-def, and not what was built, as .env sets API_IMAGE: take that line out to have it run shop-api:2-abc"],
            DockerSettings.Deployment.Remarks(settings, Plan)
        );

    [Fact]
    public void In_TheImageThatWasBuilt_TellsNothing() => Assert.Empty(PinnedImages.In("API_IMAGE=shop-api:2-abc\n", Plan));
}
