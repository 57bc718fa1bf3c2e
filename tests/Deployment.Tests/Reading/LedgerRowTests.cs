using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;

namespace AspireDeploy.Tests.Reading;

/// <summary>Rows of the ledger that an AppHost can declare and a deployment has to answer for.</summary>
public class LedgerRowTests
{
    [Fact]
    public async Task WithContainerFiles_ItsEntries_ComeWithTheDeployment()
    {
        var web = await Planned.WorkloadAsync("web", static builder => builder
                .AddContainer("web", "example/web")
                .WithContainerFiles(
                    "/etc/web/",
                    [
                        new ContainerFile { Name = "web.conf", Contents = "a\n" },
                        new ContainerDirectory
                        {
                            Name = "bin",
                            Entries =
                            [
                                new ContainerFile
                                {
                                    Name = "start",
                                    Contents = "b",
                                    Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute,
                                },
                            ],
                        },
                    ]
                ));

        Assert.Equal(
            [new ContentFile("/etc/web/bin/start", "b", Executable: true), new ContentFile("/etc/web/web.conf", "a\n")],
            web.Files
        );
    }

    [Fact]
    public async Task WithContainerFiles_OneThatIsNotText_IsLost() =>
        Assert.Equal(
            ["web.files (/etc/web/logo) lost: /etc/web/logo has no text of at most 500 kB. Remedy: put it into an image"],
            await new Planned()
                .File("/shop/logo", [1, 0, 2])
                .FallsShortAsync(static builder =>
                    builder
                        .AddContainer("web", "example/web")
                        .WithContainerFiles("/etc/web", [new ContainerFile { Name = "logo", SourcePath = "/shop/logo" }])
                )
        );

    [Theory]
    [InlineData(ImagePullPolicy.Always, "    pull_policy: always\n", "Always")]
    [InlineData(ImagePullPolicy.Never, "    pull_policy: never\n", "Never")]
    [InlineData(ImagePullPolicy.Missing, "    pull_policy: missing\n", "IfNotPresent")]
    public async Task WithImagePullPolicy_IsComposesAndKubernetes(ImagePullPolicy policy, string compose, string kubernetes)
    {
        var plan = await Planned.OfAsync(builder => builder.AddContainer("web", "example/web", "1").WithImagePullPolicy(policy));

        Assert.Contains(compose, Written(plan, "compose", "compose.yaml"), StringComparison.Ordinal);
        Assert.Contains($"imagePullPolicy: {kubernetes}\n", Written(plan, "kubernetes", "web/deployment.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithCreationScript_MakesTheDatabaseByIt() =>
        Assert.Equal(
            "CREATE DATABASE catalog TEMPLATE template0;\n",
            Assert
                .Single(
                    (
                        await Planned.WorkloadAsync("postgres", static builder =>
                            builder
                                .AddPostgres("postgres")
                                .AddDatabase("catalog")
                                .WithCreationScript("CREATE DATABASE catalog TEMPLATE template0;")
                        )
                    ).Files
                )
                .Content
        );

    [Fact]
    public async Task WithContainerName_AndARegistryOfAResource_AreSaidToBeLocal() =>
        Assert.Equal(
            [
                "web.containerName isn't deployed: my-web is a container's name on this machine; deployed, replicas have names of "
                    + "their target's.",
                "web.registry isn't deployed: Images are pushed to the registry of a target, and not of a resource. Remedy: declare "
                    + "it on the targets.",
            ],
            await Planned.ShortAsync(static builder =>
                builder
                    .AddContainer("web", "example/web")
                    .WithContainerName("my-web")
                    .WithContainerRegistry(builder.AddContainerRegistry("ghcr", "ghcr.io"))
            )
        );

    [Fact]
    public async Task WithComputeEnvironment_OfAnotherPublisher_IsLeftToIt() =>
        Assert.Equal(
            [
                "web isn't deployed: It is for the compute environment elsewhere (WithComputeEnvironment). Remedy: take "
                    + "WithComputeEnvironment away to have it on the targets too.",
            ],
            await Planned.ShortAsync(static builder =>
                builder.AddContainer("web", "example/web").WithComputeEnvironment(builder.AddResource(new Elsewhere("elsewhere")))
            )
        );

    [Fact]
    public async Task WithReference_OfAnAnnotationThatNobodyReads_IsInTheReport()
    {
        var plan = await Planned.OfAsync(static builder => builder.AddContainer("web", "example/web", "1").WithAnnotation(new Shade()));

        Assert.Equal(["Shade of Deployment.Tests on web"], plan.Unread);
        Assert.Contains(
            "- Nothing here reads Shade of Deployment.Tests on web. If it says something of a deployment, declare that otherwise.\n",
            Written(plan, "compose", "deployment.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Endpoints_OfReplicasAmongThemselves_AreOpenToThemInKubernetes()
    {
        var plan = await Planned.OfAsync(static builder =>
            builder.AddProject<Planned.Web>("silo").WithEndpoint(targetPort: 11111, name: "orleans-silo", scheme: "tcp").WithReplicas(3)
        );

        Assert.Contains(
            "    - from:\n        - podSelector:\n            matchLabels:\n              app.kubernetes.io/name: silo\n",
            Written(plan, "kubernetes", "silo/network-policy.yaml"),
            StringComparison.Ordinal
        );
        Assert.Contains("        - port: 11111\n", Written(plan, "kubernetes", "silo/network-policy.yaml"), StringComparison.Ordinal);
    }

    private static string Written(DeploymentPlan plan, string target, string path) =>
        Publication.Create(plan, TargetCatalog.All.Single(each => each.Kind == target), []).Files.Single(file => file.Path == path).Content;

    private sealed class Shade : IResourceAnnotation;

    private sealed class Elsewhere(string name) : Resource(name), IComputeEnvironmentResource;
}
