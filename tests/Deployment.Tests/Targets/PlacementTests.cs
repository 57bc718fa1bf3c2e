using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Concepts;
using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Targets;

/// <summary>Describes which targets a resource is deployed to.</summary>
public sealed class PlacementTests
{
    [Fact]
    public async Task ExcludeFrom_ATarget_KeepsItOutOfThatOneAlone()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var nomad = builder.AddNomadTarget();
            builder.AddDockerComposeTarget();
            builder.AddContainer("api", "example/api", "1");
            builder
                .AddContainer("reports", "example/reports", "1")
                .WithVolume("reports", "/data")
                .WithEnvironment("KEY", builder.AddParameter("reports-key", secret: true))
                .ExcludeFrom(nomad);
        });

        Assert.Contains("\n  reports:\n", Of(plan, "compose", "compose.yaml"), StringComparison.Ordinal);
        var published = On(plan, "nomad");
        Assert.DoesNotContain(published.Files, static file =>
            file.Path != "deployment.md" && file.Content.Contains("reports", StringComparison.Ordinal)
        );
        Assert.Contains(
            "## Not deployed\n\nDeclared, and for other targets:\n\n- **reports**: It is kept out of this target (ExcludeFrom). "
                + "Remedy: take ExcludeFrom away to have it here too.\n",
            Of(plan, "nomad", "deployment.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task WithComputeEnvironment_OfATarget_KeepsItOutOfAllOthers_AndTheLastCallHolds()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var (compose, swarm) = (builder.AddDockerComposeTarget(), builder.AddDockerSwarmTarget());
            builder.AddContainer("api", "example/api", "1");
            builder.AddContainer("mail", "example/mail", "1").WithComputeEnvironment(swarm).WithComputeEnvironment(compose);
        });

        Assert.Contains("\n  mail:\n", Of(plan, "compose", "compose.yaml"), StringComparison.Ordinal);
        Assert.DoesNotContain(On(plan, "swarm").Files, static file => file.Path == "stack.mail.yaml");
        Assert.Contains(
            "- **mail**: It is for compose alone (WithComputeEnvironment). Remedy: name swarm there too to have it here.\n",
            Of(plan, "swarm", "deployment.md"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void WithComputeEnvironment_OfNoTarget_IsRefused() =>
        Assert.Equal(
            "api.computeEnvironment: WithComputeEnvironment() names no target, and would have it deployed nowhere; name one, or "
                + "take the call away",
            Declared.Refusal(static () => Declared.Container().WithComputeEnvironment())
        );

    [Fact]
    public async Task ExcludeFrom_WhatOthersNeedThere_IsRefusedForThatTargetAlone()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var nomad = builder.AddNomadTarget();
            builder.AddDockerComposeTarget();
            var cache = builder.AddContainer("cache", "example/cache", "1").WithHttpEndpoint(targetPort: 8080).ExcludeFrom(nomad);
            var queue = builder.AddContainer("queue", "example/queue", "1").ExcludeFrom(nomad);
            builder
                .AddContainer("api", "example/api", "1")
                .WithEnvironment("CACHE", cache.GetEndpoint("http"))
                .WaitForStart(cache)
                .WaitForStart(queue);
        });

        Assert.Contains("CACHE", Of(plan, "compose", "compose.yaml"), StringComparison.Ordinal);
        Assert.Equal(
            [
                "api.env.CACHE: refers to cache, which is kept out of nomad; keep api out of it too, ExcludeFrom(nomad), or give it "
                    + "the address by a parameter: WithEnvironment(\"NAME\", builder.AddParameter(\"cache-address\"))",
                "api.waits: waits for queue, which is kept out of nomad; keep api out of it too, ExcludeFrom(nomad), or have it "
                    + "wait for what is there",
            ],
            Assert.Throws<PlanException>(() => On(plan, "nomad")).Errors.Select(static error => error.ToString())
        );
    }

    [Fact]
    public async Task ExcludeFrom_WhatTheGatewayRoutesTo_IsRefused_UnlessTheGatewayIsKeptOutToo()
    {
        static Task<DeploymentPlan> PlanAsync(bool withGateway) =>
            Planned.OfAsync(builder =>
            {
                var nomad = builder.AddNomadTarget();
                var api = builder.AddContainer("api", "example/api", "1").WithHttpEndpoint(targetPort: 8080).ExcludeFrom(nomad);
                builder.AddContainer("worker", "example/worker", "1");
                var gateway = builder.AddGateway("gateway").WithRoute("/", api);
                if (!withGateway)
                    gateway.ExcludeFrom(nomad);
            });

        var refused = await PlanAsync(withGateway: true);
        Assert.Equal(
            "gateway.routes./: leads to api, which is kept out of nomad; keep gateway out of it too, ExcludeFrom(nomad), or leave api in",
            Assert.Single(Assert.Throws<PlanException>(() => On(refused, "nomad")).Errors).ToString()
        );
        Assert.DoesNotContain(On(await PlanAsync(withGateway: false), "nomad").Files, static file =>
            file.Path is "gateway.nomad.hcl" or "api.nomad.hcl"
        );
    }

    private static Publication On(DeploymentPlan plan, string kind) =>
        Publication.Create(plan, TargetCatalog.All.Single(each => each.Kind == kind), []);

    private static string Of(DeploymentPlan plan, string kind, string path) =>
        On(plan, kind).Files.Single(file => file.Path == path).Content;
}
