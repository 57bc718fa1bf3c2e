using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Reports;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Tests.Reading;
using AspireDeploy.Tests.Targets.Nomad;
using AspireDeploy.Tests.Writers.Bicep;

namespace AspireDeploy.Tests.Targets;

/// <summary>Describes what an AppHost changes of a target's own objects before they are written.</summary>
public sealed class ObjectChangeTests
{
    [Fact]
    public async Task ComposeService_Changed_DiffersInThatAlone_AndInItsContent()
    {
        var (gone, come) = await DifferenceAsync("compose", "compose.yaml", static api => api.PublishAsDockerComposeService(
                static service =>
                {
                    service["shm_size"] = "256m";
                    service["deploy"]!["resources"]!["limits"]!["pids"] = 100;
                    service["cap_drop"]!.AsArray().Add("MKNOD");
                    service["environment"]!["MODE"] = "$${HOME}";
                    service["ulimits"] = new JsonObject
                    {
                        ["nofile"] = new JsonObject { ["soft"] = 1024, ["hard"] = 2048 },
                    };
                    service["stop_grace_period"] = null;
                }
            ));

        Assert.Equal(
            [
                "      MODE: \"fast\"",
                "    stop_grace_period: 30s",
                "          pids: 2048",
                "    cap_drop: [\"ALL\"]",
                "      aspiredeploy.content",
            ],
            gone
        );
        Assert.Equal(
            [
                "      MODE: \"$${HOME}\"",
                "          pids: 100",
                "    cap_drop: [\"ALL\", \"MKNOD\"]",
                "    shm_size: 256m",
                "    ulimits:",
                "      nofile:",
                "        soft: 1024",
                "        hard: 2048",
                "      aspiredeploy.content",
            ],
            come
        );
    }

    [Fact]
    public async Task SwarmService_Changed_DiffersInThatAlone()
    {
        var (gone, come) = await DifferenceAsync("swarm", "stack.api.yaml", static api => api.PublishAsDockerSwarmService(static service =>
            {
                service["hostname"] = "api";
                service["deploy"]!["restart_policy"]!["delay"] = "3s";
            }));

        Assert.Equal(["        delay: 1s"], gone);
        Assert.Equal(["        delay: 3s", "    hostname: api"], come);
    }

    [Fact]
    public async Task KubernetesObject_Changed_DiffersInThatAlone()
    {
        var (gone, come) = await DifferenceAsync("kubernetes", "api/deployment.yaml", static api =>
            api.PublishAsKubernetesObject("Deployment", static deployment =>
            {
                deployment["spec"]!["revisionHistoryLimit"] = 2;
                deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["tty"] = true;
                deployment["metadata"]!["annotations"] = new JsonObject { ["example.com/team"] = "shop" };
            })
        );

        Assert.Equal(["  revisionHistoryLimit: 5"], gone);
        Assert.Equal(["  annotations:", "    example.com/team: shop", "  revisionHistoryLimit: 2", "          tty: true"], come);
    }

    [Fact]
    public async Task KubernetesJob_Changed_HasAnotherName()
    {
        static Task<DeploymentPlan> PlanAsync(bool isChanged) =>
            Planned.OfAsync(builder =>
            {
                var job = builder.AddContainer("job", "example/job", "1");
                builder.AddContainer("api", "example/api", "1").WaitForCompletion(job);
                if (isChanged)
                    job.PublishAsKubernetesObject("Job", static made => made["spec"]!["ttlSecondsAfterFinished"] = 600);
            });
        static string NameOf(DeploymentPlan plan) =>
            Of(plan, "kubernetes", "job/job.yaml").Split('\n').First(static line => line.StartsWith("  name: ", StringComparison.Ordinal));

        Assert.NotEqual(NameOf(await PlanAsync(isChanged: false)), NameOf(await PlanAsync(isChanged: true)));
    }

    [Fact]
    public async Task NomadJob_Changed_DiffersInThatAlone_AndBlocksAreBlocks()
    {
        var (gone, come) = await DifferenceAsync("nomad", "api.nomad.hcl", static api => api.PublishAsNomadJob(static job =>
            {
                job["priority"] = 70;
                job["constraint"] = new JsonObject { ["attribute"] = "${attr.kernel.name}", ["value"] = "a \"linux\" of $${HOME}" };
                var config = job["group"]!["api"]!["task"]!["api"]!["config"]!;
                config["cap_drop"]!.AsArray().Add("mknod");
                config["shm_size"] = 268435456;
                config["mount"] = new JsonArray(
                    new JsonObject { ["type"] = "tmpfs", ["target"] = "/run" },
                    new JsonObject { ["type"] = "tmpfs", ["target"] = "/var/run" }
                );
                config["labels"] = new JsonObject { ["example.com/team"] = "shop" };
                job["group"]!["api"]!["task"]!["helper"] = new JsonObject
                {
                    ["driver"] = "docker",
                    ["lifecycle"] = new JsonObject { ["hook"] = "poststart" },
                };
            }));

        Assert.Equal(["        cap_drop = [\"all\"]"], gone);
        Assert.Equal(
            [
                "        cap_drop = [\"all\", \"mknod\"]",
                "        shm_size = 268435456",
                "        mount {",
                "          type = \"tmpfs\"",
                "          target = \"/run\"",
                "        }",
                "        mount {",
                "          type = \"tmpfs\"",
                "          target = \"/var/run\"",
                "        }",
                "        labels = {",
                "          \"example.com/team\" = \"shop\"",
                "        }",
                "    task \"helper\" {",
                "      driver = \"docker\"",
                "      lifecycle {",
                "        hook = \"poststart\"",
                "      }",
                "    }",
                "  priority = 70",
                "  constraint {",
                "    attribute = \"${attr.kernel.name}\"",
                "    value = \"a \\\"linux\\\" of $${HOME}\"",
                "  }",
            ],
            come
        );
    }

    [Fact]
    public async Task ContainerApp_Changed_DiffersInThatAlone()
    {
        var (gone, come) = await DifferenceAsync("azure", "api.bicep", static api => api.PublishAsAzureContainerApp(static app =>
            {
                app["tags"]!["team"] = "shop";
                app["tags"]!["place"] = "in ${location}";
                app["properties"]!["template"]!["scale"]!["maxReplicas"] = 4;
            }));

        Assert.Equal(["        maxReplicas: 1"], gone);
        Assert.Equal(["        maxReplicas: 4", "    team: 'shop'", "    place: 'in ${location}'"], come);
    }

    [Fact]
    public async Task NomadJob_Changed_IsReadBackByTheParserOfNomads()
    {
        var job = NomadSpecifications
            .Of(
                await PlanAsync(static api =>
                    api.PublishAsNomadJob(static job =>
                    {
                        job["constraint"] = new JsonArray(
                            new JsonObject { ["attribute"] = "${attr.kernel.name}", ["value"] = "li\"n\\ux" },
                            new JsonObject { ["distinct_hosts"] = true }
                        );
                        job["group"]!["api"]!["task"]!["api"]!["config"]!["sysctl"] = new JsonObject { ["net.core.somaxconn"] = "16384" };
                    })
                ),
                new NomadTarget()
            )
            .Job("api");

        Assert.Equal(
            ["${attr.kernel.name}", "li\"n\\ux"],
            job.GetProperty("constraint")[0].EnumerateObject().Select(static member => member.Value.GetString())
        );
        Assert.True(job.GetProperty("constraint")[1].GetProperty("distinct_hosts").GetBoolean());
    }

    [Fact]
    public async Task ContainerApp_Changed_CompilesWithoutAWord()
    {
        var (messages, templates) = await BicepCompiler.CompileAsync(
            new Dictionary<string, string>
            {
                ["api.bicep"] = Of(
                    await PlanAsync(static api =>
                        api.PublishAsAzureContainerApp(static app =>
                            (app["tags"]!["place"], app["tags"]!["it's"]) = ("in ${location}", "$${location}")
                        )
                    ),
                    "azure",
                    "api.bicep"
                ),
            }
        );

        Assert.Equal("", messages);
        Assert.Contains("\"[format('in {0}', parameters('location'))]\"", templates["api.bicep"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"${location}\"", templates["api.bicep"].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_OfAspiresOwnPackagesOfTheSameNames_TakeTheLambdasThatAreTheirs()
    {
        var api = AspireDeploy.Tests.Concepts.Declared.Container();

        api.PublishAsDockerComposeService(static (_, service) => _ = service).PublishAsAzureContainerApp(static (_, app) => _ = app);
        Assert.Empty(api.Resource.Annotations.OfType<ObjectChangeAnnotation>());

        api.PublishAsDockerComposeService(static service => service.Clear()).PublishAsAzureContainerApp(static app => app.Clear());
        Assert.Equal(
            ["compose", "azure"],
            api.Resource.Annotations.OfType<ObjectChangeAnnotation>().Select(static annotation => annotation.Change.Target)
        );
    }

    [Fact]
    public async Task Changes_AreMadeInTheirOrder_AndReported()
    {
        var plan = await PlanAsync(static api =>
            api.PublishAsDockerComposeService(static service => service["hostname"] = "first")
                .PublishAsDockerComposeService(static service => service["hostname"] = $"{service["hostname"]}-second")
                .PublishAsDockerComposeService(static service => service["logging"]!["options"]!["max.size"] = 1)
        );
        var published = On(plan, "compose");

        Assert.Contains("    hostname: first-second\n", Of(plan, "compose", "compose.yaml"), StringComparison.Ordinal);
        Assert.Contains(
            "## Changed by the AppHost\n\nOf what this target would have written:\n\n- **api**, api's service: "
                + "`logging.options[\"max.size\"]`, `hostname`\n",
            Of(plan, "compose", "deployment.md"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\n  Changed by the AppHost\n    api, api's service: logging.options[\"max.size\"], hostname\n",
            ReportTerminal.Write(published.Report, color: false),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\n  api  CHANGED BY THE APPHOST, api's service: logging.options[\"max.size\"], hostname",
            ReportTerminal.WriteBrief(published.Report, "out", color: false),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Changed by the AppHost", Of(plan, "swarm", "deployment.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_ThatChangesNothing_LeavesEveryByteAsItWas()
    {
        var plan = await PlanAsync(static _ => { });
        var changed = await PlanAsync(static api =>
            api.PublishAsDockerComposeService(static _ => { })
                .PublishAsDockerSwarmService(static _ => { })
                .PublishAsNomadJob(static _ => { })
                .PublishAsAzureContainerApp(static _ => { })
                .PublishAsKubernetesObject("Deployment", static _ => { })
        );

        Assert.All(TargetCatalog.All, target => Assert.Equal(Files(plan, target), Files(changed, target)));
    }

    [Theory]
    [InlineData(
        "compose",
        "api.PublishAsDockerComposeService: fails with InvalidOperationException: The node must be of type 'JsonObject'; mend what "
            + "it does in the AppHost"
    )]
    [InlineData(
        "swarm",
        "api.PublishAsDockerSwarmService: takes deploy.labels[\"aspiredeploy.content\"] away, by which deploy.sh sees what has "
            + "changed; leave it there"
    )]
    [InlineData(
        "kubernetes",
        "api.PublishAsKubernetesObject: api has no StatefulSet on Kubernetes: it has Deployment, NetworkPolicy, ServiceAccount"
    )]
    [InlineData("nomad", "api.PublishAsNomadJob: takes group api with its task api away, which deploy.sh asks for; change what is in them")]
    [InlineData("azure", "api.PublishAsAzureContainerApp: changes name, by which others reach it; leave it")]
    public async Task Change_ThatCantBe_IsRefusedInOneLine(string kind, string refusal)
    {
        var plan = await PlanAsync(static api =>
            api.PublishAsDockerComposeService(static service => service["image"]!.AsObject().Clear())
                .PublishAsDockerSwarmService(static service => service["deploy"]!["labels"] = new JsonObject())
                .PublishAsKubernetesObject("StatefulSet", static _ => { })
                .PublishAsNomadJob(static job => job["group"] = new JsonObject())
                .PublishAsAzureContainerApp(static app => app["name"] = "other")
        );

        Assert.Equal(refusal, Assert.Single(Assert.Throws<PlanException>(() => On(plan, kind)).Errors).ToString());
    }

    [Theory]
    [InlineData("x y", false)]
    [InlineData("x y", true)]
    public async Task Change_OfANomadJob_ToANameThatHclHasNot_IsRefused(string name, bool isInTask)
    {
        var plan = await PlanAsync(api =>
            api.PublishAsNomadJob(job => (isInTask ? job["group"]!["api"]!["task"]!["api"]! : job).AsObject()[name] = 1)
        );

        Assert.Equal(
            "api.PublishAsNomadJob: adds \"x y\", which is no name in a job's file; name an argument or a block of Nomad's",
            Assert.Single(Assert.Throws<PlanException>(() => On(plan, "nomad")).Errors).ToString()
        );
    }

    [Fact]
    public async Task Change_OfLabelsIntoAList_IsRefused()
    {
        var plan = await PlanAsync(static api =>
            api.PublishAsDockerComposeService(static service => service["labels"] = new JsonArray("a=b"))
        );

        Assert.Equal(
            "api.PublishAsDockerComposeService: makes labels something else than an object, and a label of deploy.sh's own comes to "
                + "them; write { \"NAME\": \"VALUE\" }",
            Assert.Single(Assert.Throws<PlanException>(() => On(plan, "compose")).Errors).ToString()
        );
    }

    [Fact]
    public async Task Change_OfTheTagByWhichScriptsKnowAnApp_IsRefused()
    {
        var plan = await PlanAsync(static api =>
            api.PublishAsAzureContainerApp(static app => app["tags"] = new JsonObject { ["team"] = "shop" })
        );

        Assert.Equal(
            "api.PublishAsAzureContainerApp: takes tags[\"aspire-deploy\"] away, by which the scripts know what is the deployment's "
                + "own; add to tags, or use WithTag on the target",
            Assert.Single(Assert.Throws<PlanException>(() => On(plan, "azure")).Errors).ToString()
        );
    }

    [Fact]
    public async Task Change_OfHowManyReplicasRun_IsRefused()
    {
        var plan = await PlanAsync(static api =>
            api.PublishAsDockerComposeService(static service => service["deploy"]!["replicas"] = 2)
                .PublishAsDockerSwarmService(static service => service["deploy"]!["mode"] = "global")
        );

        Assert.Equal(
            "api.PublishAsDockerComposeService: changes deploy.replicas, by which deploy.sh counts the replicas; declare WithReplicas(n)",
            Assert.Single(Assert.Throws<PlanException>(() => On(plan, "compose")).Errors).ToString()
        );
        Assert.Equal(
            "api.PublishAsDockerSwarmService: changes deploy.mode, by which deploy.sh counts the replicas; declare WithReplicas(n)",
            Assert.Single(Assert.Throws<PlanException>(() => On(plan, "swarm")).Errors).ToString()
        );
    }

    [Fact]
    public async Task Change_OfWhatIsntDeployed_IsRefused() =>
        Assert.Equal(
            ["tool.PublishAsNomadJob: changes what is published of tool, which isn't deployed; take the call away"],
            await Planned.RefusalsAsync(static builder => builder.AddExecutable("tool", "sh", ".").PublishAsNomadJob(static _ => { }))
        );

    [Fact]
    public async Task Change_OfAGateway_IsOfItsService_OrRefusedWhereItHasNone()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var api = builder.AddContainer("api", "example/api", "1").WithHttpEndpoint(targetPort: 8080);
            builder
                .AddGateway("gateway")
                .WithRoute("/", api)
                .PublishAsDockerComposeService(static service => service["hostname"] = "front")
                .PublishAsAzureContainerApp(static _ => { });
        });

        Assert.Contains("    hostname: front\n", Of(plan, "compose", "compose.yaml"), StringComparison.Ordinal);
        Assert.Equal(
            "gateway.PublishAsAzureContainerApp: gateway is nothing of its own on Azure Container Apps that could be changed; take "
                + "the call away",
            Assert.Single(Assert.Throws<PlanException>(() => On(plan, "azure")).Errors).ToString()
        );
    }

    private static Task<DeploymentPlan> PlanAsync(Action<IResourceBuilder<ContainerResource>> change) =>
        Planned.OfAsync(builder => change(builder.AddContainer("api", "example/api", "1").WithEnvironment("MODE", "fast")));

    // The lines that aren't in the other, without what only numbers them.
    private static async Task<(List<string> Gone, List<string> Come)> DifferenceAsync(
        string kind,
        string path,
        Action<IResourceBuilder<ContainerResource>> change
    )
    {
        var (before, after) = (Lines(await PlanAsync(static _ => { })), Lines(await PlanAsync(change)));
        return (Without(before, after), Without(after, before));

        string[] Lines(DeploymentPlan plan) => [.. Of(plan, kind, path).Split('\n').Where(static line => line.Length > 0)];

        static List<string> Without(string[] lines, string[] others)
        {
            var left = others.ToList();
            return
            [
                .. lines
                    .Where(line => !left.Remove(line))
                    .Select(static line =>
                        line.Contains("aspiredeploy.content", StringComparison.Ordinal)
                            ? line[..line.IndexOf(':', StringComparison.Ordinal)]
                            : line
                    ),
            ];
        }
    }

    private static Publication On(DeploymentPlan plan, string kind) =>
        Publication.Create(plan, TargetCatalog.All.Single(each => each.Kind == kind), []);

    private static string Of(DeploymentPlan plan, string kind, string path) =>
        On(plan, kind).Files.Single(file => file.Path == path).Content;

    private static IEnumerable<PublishedFile> Files(DeploymentPlan plan, ITarget target) =>
        Publication.Create(plan, target, []).Files.Select(static file => file with { Changes = [] });
}
