using AspireDeploy.Model;
using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Concepts;

public class TimeoutTests
{
    [Fact]
    public async Task WithStartStopAndJobTimeouts_AreThePlans()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var job = builder.AddContainer("job", "example/job").WithJobTimeout(TimeSpan.FromHours(1));
            builder
                .AddContainer("api", "example/api")
                .WithStartTimeout(TimeSpan.FromMinutes(9))
                .WithStopTimeout(TimeSpan.FromMinutes(2))
                .WaitForCompletion(job);
        });

        Assert.Equal(
            (TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(2)),
            (plan.WorkloadNamed("api").StartTimeout, plan.WorkloadNamed("api").StopGracePeriod)
        );
        Assert.Equal(TimeSpan.FromHours(1), plan.WorkloadNamed("job").JobTimeout);
    }

    [Fact]
    public void WithATimeoutOfNothing_IsRefused() =>
        Assert.Equal(
            "api.stopTimeout: 0s isn't more than 0",
            Declared.Refusal(static () => Declared.Container().WithStopTimeout(TimeSpan.Zero))
        );

    [Fact]
    public async Task WithVolumeSize_IsWhatItsVolumesAskFor() =>
        Assert.Equal(
            [new Volume("postgres-data") { Size = Size.Gibibytes(20) }],
            (
                await Planned.OfAsync(static builder =>
                    builder.AddPostgres("postgres").WithDataVolume("postgres-data").WithVolumeSize("20Gi")
                )
            ).Volumes
        );

    [Theory]
    [InlineData("much", "api.volumeSize: \"much\" is not a size; write 256Mi, 0.5Gi or 512MB")]
    [InlineData("0", "api.volumeSize: a volume of no size holds nothing; write one like 20Gi")]
    public void WithVolumeSize_WhatIsNone_IsRefused(string size, string refusal) =>
        Assert.Equal(refusal, Declared.Refusal(() => Declared.Container().WithVolumeSize(size)));

    [Fact]
    public async Task WithHttps_WithoutARedirect_IsThePlans() =>
        Assert.False(
            (
                await Planned.OfAsync(static builder =>
                    builder
                        .AddGateway<Planned.Worker>("gateway")
                        .WithRoute("/", builder.AddContainer("web", "example/web").WithHttpEndpoint(targetPort: 80))
                        .WithHttps("shop.example.com", redirect: false)
                )
            )
                .Gateway!
                .RedirectToHttps
        );
}
