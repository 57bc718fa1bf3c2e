using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Traefik;
using AspireDeploy.Tests.Concepts;

namespace AspireDeploy.Tests.Targets;

public class TargetDeclarationTests
{
    [Fact]
    public void AddComposeTarget_ItsName_IsItsFolders() =>
        Assert.Equal(
            ("on-site", "compose"),
            (Declared.Application().AddDockerComposeTarget("on-site").Resource.Target.Name, new ComposeTarget().Name)
        );

    [Fact]
    public void AddComposeTarget_ANameThatIsTaken_IsRefused()
    {
        var builder = Declared.Application();
        builder.AddDockerComposeTarget("compose");

        Assert.Equal(
            "compose.name: is the name of another resource, a ComposeTargetResource; give the target one of its own, which names "
                + "its folder too",
            Declared.Refusal(() => builder.AddDockerComposeTarget("compose"))
        );
    }

    [Fact]
    public void AddComposeTarget_ANameWithCapitals_IsRefused() =>
        Assert.Equal(
            "OnSite.name: is a target's, and names a folder that must be the same on every system; write it in lower case, \"onsite\"",
            Declared.Refusal(() => Declared.Application().AddDockerComposeTarget("OnSite"))
        );

    [Theory]
    [InlineData("https://ghcr.io/acme")]
    [InlineData("ghcr.io/acme/")]
    [InlineData("ghcr.io/Acme")]
    [InlineData("ghcr.io/acme:1")]
    [InlineData("acme")]
    [InlineData("-x.example.com")]
    public void WithContainerRegistry_WhatIsNoRegistry_IsRefused(string registry) =>
        Assert.Equal(
            $"compose.registry: \"{registry}\" is not a registry; write one like AddContainerRegistry(\"registry\", \"ghcr.io\", "
                + "\"acme\"), in lower case, without scheme, tag or a slash at its end",
            Assert.Throws<PlanException>(() => Declared.Application().AddDockerComposeTarget().PushedTo(registry).Resource.Registry).Message
        );

    [Theory]
    [InlineData("ghcr.io/acme")]
    [InlineData("localhost:5000")]
    [InlineData("127.0.0.1:5000/shop")]
    public void WithContainerRegistry_ARegistry_ReachesTheTarget(string registry) =>
        Assert.Equal(registry, Declared.Application().AddDockerSwarmTarget().PushedTo(registry).Resource.Registry);

    [Fact]
    public void WithContainerRegistry_AParameter_CountsByItsDeclaredDefault()
    {
        var builder = Declared.Application();
        var known = builder
            .AddDockerComposeTarget()
            .WithContainerRegistry(
                builder.AddContainerRegistry("known", builder.AddParameter("host", "ghcr.io", publishValueAsDefault: true))
            );
        var unknown = builder
            .AddDockerSwarmTarget()
            .WithContainerRegistry(builder.AddContainerRegistry("unknown", builder.AddParameter("other")));

        Assert.Equal("ghcr.io", known.Resource.Registry);
        Assert.Equal(
            "swarm.registry: is \"{other.value}\", which is known only at deployment, and images are named when publishing; write "
                + "it out, or declare the parameter's default with publishValueAsDefault: true",
            Assert.Throws<PlanException>(() => unknown.Resource.Registry).Message
        );
    }

    [Fact]
    public void WithTraefik_ItsNetwork_ReachesTheTarget() =>
        Assert.Equal(
            new TraefikGateway("proxy"),
            Declared.Application().AddDockerComposeTarget().WithTraefik("proxy").Resource.Options.Traefik
        );

    [Fact]
    public void AddSwarmTarget_WithTraefik_IsSwarmWithItsNetwork()
    {
        var swarm = Declared.Application().AddDockerSwarmTarget().WithTraefik("proxy").Resource;

        Assert.Equal(("swarm", "swarm", new TraefikGateway("proxy")), (swarm.Target.Name, swarm.Target.Kind, swarm.Options.Traefik));
    }

    [Fact]
    public void WithTraefik_ItsVersion_ReachesTheTarget()
    {
        Assert.Equal(
            new TraefikGateway("proxy") { Version = new(3, 7) },
            Declared.Application().AddDockerComposeTarget().WithTraefik("proxy", version: "3.7").Resource.Options.Traefik
        );
        Assert.Equal(
            new Version(3, 7, 9),
            Declared.Application().AddNomadTarget().WithTraefik(version: "3.7.9").Resource.Options.Traefik!.Version
        );
    }

    [Theory]
    [InlineData("latest", "\"latest\" is no version of Traefik; write one like 3.7")]
    [InlineData("3", "\"3\" is no version of Traefik; write one like 3.7")]
    [InlineData(
        "2.11",
        "2.11 is older than 3.0, the oldest that is supported; upgrade it, or leave WithTraefik out, and a Caddy comes with the deployment"
    )]
    public void WithTraefik_WhatIsNoVersionOrTooOld_IsRefused(string version, string refusal)
    {
        Assert.Equal(
            $"compose.traefik.version: {refusal}",
            Declared.Refusal(() => Declared.Application().AddDockerComposeTarget().WithTraefik("proxy", version: version))
        );
        Assert.Equal(
            $"nomad.traefik.version: {refusal}",
            Declared.Refusal(() => Declared.Application().AddNomadTarget().WithTraefik(version: version))
        );
    }

    [Fact]
    public void WithLogRotation_WhatIsChosen_ReachesTheTarget()
    {
        var compose = Declared.Application().AddDockerComposeTarget().WithLogRotation("50MB", 5).WithPidLimit(500).Resource.Options;

        Assert.Equal((new LogDriver("json-file", [new("max-size", "50m"), new("max-file", "5")]), 500), (compose.Logs, compose.PidLimit));
    }

    [Fact]
    public void WithLogRotation_APowerOf1024_IsItsBytes() =>
        Assert.Equal(
            new LogOption("max-size", "1048576"),
            Declared.Application().AddDockerSwarmTarget().WithLogRotation("1Mi").Resource.Options.Logs.Options[0]
        );

    [Theory]
    [InlineData("10m", "compose.logs: \"10m\" could mean powers of 1000 or of 1024; write 10MB or 10Mi")]
    [InlineData("0", "compose.logs: files of no size hold nothing; write one like 10MB")]
    public void WithLogRotation_WhatIsNoSize_IsRefused(string size, string refusal) =>
        Assert.Equal(refusal, Declared.Refusal(() => Declared.Application().AddDockerComposeTarget().WithLogRotation(size)));

    [Fact]
    public void UseLogDriver_AnotherDriver_ReachesTheTarget() =>
        Assert.Equal(
            new LogDriver("journald", [new("tag", "{{.Name}}")]),
            Declared.Application().AddDockerSwarmTarget().WithLogDriver("journald", ("tag", "{{.Name}}")).Resource.Options.Logs
        );

    [Fact]
    public void AddKubernetesTarget_WhatIsChosen_ReachesTheTarget()
    {
        var kubernetes = Declared
            .Application()
            .AddKubernetesTarget()
            .WithNamespace("shop-test")
            .PushedTo("registry.example.com", "shop")
            .WithPullSecret("pull")
            .WithPodSecurity(PodSecurity.Baseline)
            .WithStorageClass("fast", shared: "files")
            .WithIngress("nginx", clusterIssuer: "letsencrypt", controllerNamespace: "ingress")
            .Resource;

        Assert.Equal(("kubernetes", "kubernetes"), (kubernetes.Target.Name, kubernetes.Target.Kind));
        Assert.Equal(
            ("shop-test", "registry.example.com/shop", "pull", PodSecurity.Baseline),
            (kubernetes.Options.Namespace, kubernetes.Registry, kubernetes.Options.PullSecret, kubernetes.Options.PodSecurity)
        );
        Assert.Equal(("fast", "files"), (kubernetes.Options.StorageClass, kubernetes.Options.SharedStorageClass));
        Assert.Equal(
            ("nginx", "letsencrypt", "ingress"),
            (kubernetes.Options.Ingress.Class, kubernetes.Options.Ingress.ClusterIssuer, kubernetes.Options.Ingress.ControllerNamespace)
        );
    }

    [Fact]
    public void AddNomadTarget_WhatIsChosen_ReachesTheTarget()
    {
        var nomad = Declared
            .Application()
            .AddNomadTarget()
            .WithNamespace("shops")
            .PushedTo("registry.example.com", "shop")
            .WithClientNetwork("private")
            .WithMegahertzPerCore(2500)
            .WithCsiVolumes("ceph")
            .WithTraefik("internal")
            .Resource;

        Assert.Equal(("nomad", "nomad"), (nomad.Target.Name, nomad.Target.Kind));
        Assert.Equal(
            ("shops", "registry.example.com/shop", "private", 2500, "ceph", "internal"),
            (
                nomad.Options.Namespace,
                nomad.Registry,
                nomad.Options.HostNetwork,
                nomad.Options.MegahertzPerCore,
                nomad.Options.CsiPlugin,
                nomad.Options.Traefik!.CertificateResolver
            )
        );
    }

    [Fact]
    public void AddAzureContainerAppsTarget_WhatIsChosen_ReachesTheTarget()
    {
        var azure = Declared
            .Application()
            .AddAzureContainerAppsTarget()
            .WithCustomDomain("shop", "Shop.Example.COM")
            .WithManagedPostgres("Standard_D2ds_v5", "GeneralPurpose", 128)
            .WithManagedRedis("Balanced_B1")
            .Resource;

        Assert.Equal(("azure", "azure"), (azure.Target.Name, azure.Target.Kind));
        Assert.Equal(
            (
                new CustomDomain("shop.example.com", "shop"),
                new ManagedPostgres
                {
                    Sku = "Standard_D2ds_v5",
                    Tier = "GeneralPurpose",
                    StorageGibibytes = 128,
                },
                new ManagedRedis { Sku = "Balanced_B1" }
            ),
            (azure.Options.CustomDomain, azure.Options.Postgres, azure.Options.Redis)
        );
    }

    [Fact]
    public void AddAzureContainerAppsTarget_Twice_IsRefused()
    {
        var builder = Declared.Application();
        builder.AddAzureContainerAppsTarget();

        Assert.StartsWith(
            "azure-east: is a second target for Azure Container Apps beside azure",
            Declared.Refusal(() => builder.AddAzureContainerAppsTarget("azure-east")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void UseManagedPostgres_ATierOrAStorageThatAzureHasNot_IsRefused()
    {
        var azure = Declared.Application().AddAzureContainerAppsTarget();

        Assert.Equal(
            "azure.postgres.tier: \"Basic\" is none; write Burstable, GeneralPurpose, MemoryOptimized",
            Declared.Refusal(() => azure.WithManagedPostgres(tier: "Basic"))
        );
        Assert.StartsWith(
            "azure.postgres.storage: 100 GiB can't be had; write 32, 64, 128",
            Declared.Refusal(() => azure.WithManagedPostgres(storageGibibytes: 100)),
            StringComparison.Ordinal
        );
    }
}
