using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Tests.Concepts;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// Describes what is carried in another way, and what is only near to what is refused. What is refused stands in the cases of
/// Targets/Refusals.
/// </summary>
public class AzureCheckTests
{
    private static readonly Workload Api = new()
    {
        Name = "api",
        Image = new ImageReference("docker.io/example/api", "1"),
        Restart = RestartPolicy.Always,
        Isolation = Isolation.DotNet,
        Ports = [new("http", 8080, "http")],
    };

    private static readonly PublicGateway Gateway = new()
    {
        Name = "gateway",
        Host = "shop.example.com",
        Certificate = CertificateMode.Automatic,
        Routes = [new("/", "api", "http")],
    };

    private static DeploymentPlan With(params Workload[] workloads) => new() { Name = "shop", Workloads = [.. workloads] };

    [Theory]
    [InlineData(0, 0, "0.5 cores with 1.0Gi")]
    [InlineData(1, 0, "0.25 cores with 0.5Gi")]
    [InlineData(512, 0, "0.25 cores with 0.5Gi")]
    [InlineData(513, 0, "0.5 cores with 1.0Gi")]
    [InlineData(8192, 0, "4.0 cores with 8.0Gi")]
    [InlineData(512, 0.26, "0.5 cores with 1.0Gi")]
    [InlineData(0, 4, "4.0 cores with 8.0Gi")]
    public void Size_OfWhatIsDeclared_IsTheSmallestPairThatHoldsIt(int mebibytes, double cores, string pair)
    {
        var workload = Api with
        {
            Memory = mebibytes == 0 ? null : new(Size.Mebibytes(1), Size.Mebibytes(mebibytes)),
            Cpu = cores == 0 ? null : new((decimal)cores),
        };

        Assert.Equal(pair, ContainerSize.For(workload).ToString());
    }

    [Fact]
    public void Host_GivenToTheTarget_IsBoundInItsPlace() =>
        Assert.Empty(
            new AzureContainerAppsTarget(new() { CustomDomain = new("shop.example.org", "shop") }).Check(
                With(Api) with
                {
                    Gateway = Gateway with { Host = "localhost", Certificate = CertificateMode.Internal },
                }
            )
        );

    [Fact]
    public void Probe_ByACommandOfAnUnknownImage_IsAConnection() =>
        Assert.Equal(
            "weakened: probe of type `Readiness`. Container Apps runs no command in a container, so a connection is asked for in place of "
                + "\"true\". Remedy: declare an HTTP endpoint that tells (WithHttpProbe)",
            Outcome.Of(
                new AzureContainerAppsTarget(),
                With(Api with { Probes = new() { Readiness = new(new ExecProbe(["true"])) } }),
                "api.readiness"
            )
        );

    [Fact]
    public void Probe_ByACommandOfOneWithoutAPort_IsntAsked() =>
        Assert.Equal(
            "weakened: nothing. Container Apps runs no command in a container, so nobody asks \"true\". Remedy: declare an HTTP endpoint "
                + "that tells (WithHttpProbe)",
            Outcome.Of(
                new AzureContainerAppsTarget(),
                With(
                    Api with
                    {
                        Ports = [],
                        Probes = new() { Readiness = new(new ExecProbe(["true"])) },
                    }
                ),
                "api.readiness"
            )
        );

    [Fact]
    public void Registry_ThatAzdDoesNotPushTo_IsRefused() =>
        Assert.Equal(
            "azure.registry: azd pushes images to a registry that is deployed with the rest, not to \"ghcr.io/acme\"; take "
                + ".WithContainerRegistry away",
            Assert
                .Single(Declared.Application().AddAzureContainerAppsTarget().PushedTo("ghcr.io", "acme").Resource.Target.Check(With(Api)))
                .ToString()
        );

    [Fact]
    public void Port_OfAJobThatNobodyReaches_IsNoMatter() =>
        Assert.Empty(new AzureContainerAppsTarget().Check(With(Api with { Kind = WorkloadKind.Job, Restart = RestartPolicy.Never })));

    [Fact]
    public void Secret_InTwoFiles_IsOneSecret() =>
        Assert.Empty(
            new AzureContainerAppsTarget().Check(
                With(
                    Api with
                    {
                        SecretFiles = [new("/a/key", [new SecretReference("one")]), new("/b/key", [new SecretReference("one")])],
                    }
                ) with
                {
                    Secrets = [new("one")],
                }
            )
        );
}
