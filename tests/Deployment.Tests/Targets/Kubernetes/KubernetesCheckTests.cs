using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets.Kubernetes;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>Describes what can't be written is refused, with the resource, the value and the way out.</summary>
public class KubernetesCheckTests
{
    private static readonly Workload Api = new()
    {
        Name = "api",
        Image = new ImageReference("example/api", "1"),
        Restart = RestartPolicy.Always,
        Isolation = Isolation.DotNet,
        Ports = [new("http", 8080, "http")],
    };

    private static readonly PublicGateway Gateway = new()
    {
        Name = "gateway",
        Host = "shop.example.com",
        Routes = [new("/", "api", "http")],
    };

    [Fact]
    public void Name_OfAStatefulSetThatIsTooLong_IsRefused()
    {
        var name = "a-" + new string('b', 51);

        Refuses(
            $"{name}.name: has 53 characters, and a StatefulSet may have 52",
            With(Api with { Name = name, Update = UpdateOrder.StopFirst, Mounts = [new("data", "/data")] }) with
            {
                Volumes = [new("data")],
            }
        );
    }

    [Fact]
    public void Name_OfAServiceThatIsTooLong_IsRefused()
    {
        var name = "a" + new string('b', 54);

        Refuses(
            $"{name}.name: has 55 characters, and its Service may have 54; give it a shorter one",
            With(Api with { Name = name, Ports = [new("http", 8080, "http") { External = true }] })
        );
    }

    [Fact]
    public void Name_OfAJobThatIsTooLong_IsRefused()
    {
        var name = "a" + new string('b', 54);

        Refuses(
            $"{name}.name: has 55 characters, and a Job may have 54; give it a shorter one",
            With(Api with { Name = name, Kind = WorkloadKind.Job, Restart = RestartPolicy.Never, Ports = [] })
        );
    }

    [Theory]
    [InlineData("api_v2")]
    [InlineData("-api")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123")]
    public void Name_ThatIsNoDnsLabel_IsRefused(string name) =>
        Refuses(
            $"{name}.name: \"{name}\" is not a name that every target can write: 1 to 63 letters, digits and hyphens, a letter "
                + "first and no hyphen last",
            With(Api with { Name = name })
        );

    [Theory]
    [InlineData("Shop_Test")]
    [InlineData("n123456789012345678901234567890123456789012345678901234567890123")]
    public void Namespace_ThatIsNoDnsLabel_IsRefused(string name) =>
        Refuses(
            $"kubernetes.namespace: \"{name}\" is not a namespace: at most 63 lower-case letters, digits and hyphens; "
                + ".WithNamespace(\"shop\")",
            With(Api),
            new() { Namespace = name }
        );

    [Fact]
    public void Names_OfTwoPortsThatBecomeOne_AreRefused() =>
        Refuses(
            "api.ports.web_ui: becomes \"web-ui\", as web.ui does; rename one",
            With(Api with { Ports = [new("web.ui", 8080, "http"), new("web_ui", 8081, "http")] })
        );

    [Fact]
    public void Names_OfTwoParametersThatBecomeOne_AreRefused() =>
        Refuses(
            "size_limit: becomes the setting SIZE_LIMIT, as size-limit does; rename one",
            With(Api) with
            {
                Parameters = [new("size-limit", "1"), new("size_limit", "2")],
            }
        );

    [Theory]
    [InlineData("secrets")]
    [InlineData("override")]
    public void Name_OfAFolderBesideIt_IsRefused(string name) =>
        Refuses($"{name}.name: is the name of a folder that is beside it; rename {name}", With(Api with { Name = name }));

    [Fact]
    public void Name_OfAFolderBesideTheGateway_IsRefused() =>
        Refuses(
            "override.name: is the name of a folder that is beside it; rename override",
            With(Api) with
            {
                Gateway = Gateway with { Name = "override" },
            }
        );

    [Fact]
    public void Name_OfAVolumeThatBecomesAnothers_IsRefused() =>
        Refuses(
            "my_data.name: becomes \"my-data\", as my.data does; rename one",
            With(Api) with
            {
                Volumes = [new("my.data"), new("my_data")],
            }
        );

    [Fact]
    public void Name_OfAServiceForTheOutsideThatIsTaken_IsRefused() =>
        Refuses(
            "api-external.name: is the name of api's Service for the outside",
            With(Api with { Ports = [new("http", 8080, "http") { External = true }] }, Api with { Name = "api-external" })
        );

    [Fact]
    public void Volume_OfSeveralReplicas_IsRefusedWithoutAClassThatManyMount()
    {
        var plan = With(Api with { Scale = Scale.Fixed(3), Mounts = [new("data", "/data")] }) with { Volumes = [new("data")] };

        Refuses(
            "api.replicas: 3 replicas can't share \"data\", which one node mounts at a time (ReadWriteOnce); run one, or name a "
                + "storage class",
            plan
        );
        Assert.Empty(new KubernetesTarget(new() { SharedStorageClass = "files" }).Check(plan));
    }

    [Fact]
    public void Volume_OfTwoServices_IsRefusedWithoutAClassThatManyMount() =>
        Refuses(
            "web.mounts./data: \"data\" is api's too",
            With(Api with { Mounts = [new("data", "/data")] }, Api with { Name = "web", Mounts = [new("data", "/data")] }) with
            {
                Volumes = [new("data")],
            }
        );

    [Fact]
    public void Host_WithoutAChoiceOfCertificate_HasTheControllersOwn()
    {
        var plan = With(Api) with { Gateway = Gateway with { Certificate = CertificateMode.Automatic } };
        var target = new KubernetesTarget(new() { Ingress = new() { Class = "haproxy" } });

        Assert.Equal(
            "weakened: Ingress, the controller's own certificate. Nothing says who signs the certificate of \"shop.example.com\", "
                + "so clients are shown the controller's own, which they may not trust. "
                + "Remedy: name cert-manager's issuer, .WithIngress(clusterIssuer: \"NAME\"), or a Secret that has a certificate, "
                + ".WithIngress(certificateSecret: \"NAME\")",
            Outcome.Of(target, plan, "gateway.https")
        );
        var ingress = Publication
            .Create(plan, target, [])
            .Files.Single(static file => file.Path.EndsWith("ingress.yaml", StringComparison.Ordinal))
            .Content;
        Assert.Contains("  tls:\n    - hosts:\n        - shop.example.com\n", ingress, StringComparison.Ordinal);
        Assert.DoesNotContain("secretName", ingress, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_WithAControllerThatMayNotRedirect_IsWeakened()
    {
        var plan = With(Api) with { Gateway = Gateway with { Certificate = CertificateMode.Automatic } };
        var issuer = new KubernetesIngress { ClusterIssuer = "letsencrypt", Class = "traefik" };

        Assert.Equal(
            "weakened: Ingress, a certificate of cert-manager's issuer `letsencrypt`. Nothing says that a controller of class "
                + "\"traefik\" redirects HTTP to HTTPS. "
                + "Remedy: .WithIngress(\"nginx\") or \"haproxy\" are known to, .WithIngress(redirectsToHttps: true) says that yours does",
            Outcome.Of(new KubernetesTarget(new() { Ingress = issuer }), plan, "gateway.https")
        );
        Assert.Equal(
            "supported: Ingress, a certificate of cert-manager's issuer `letsencrypt`",
            Outcome.Of(new KubernetesTarget(new() { Ingress = issuer with { RedirectsToHttps = true } }), plan, "gateway.https")
        );
    }

    [Fact]
    public void Host_ComposedOfParameters_IsRefused() =>
        Refuses(
            "gateway.host: \"shop.{domain}\" is composed, and an Ingress takes a whole name",
            With(Api) with
            {
                Parameters = [new("domain")],
                Gateway = Gateway with { Host = [new Literal("shop."), new ParameterReference("domain")] },
            }
        );

    [Fact]
    public void Port_OfTheGateway_CantBeChosen() =>
        Refuses("gateway.httpPort: 8080 can't be chosen", With(Api) with { Gateway = Gateway with { HttpPort = 8080 } });

    [Fact]
    public void Autoscale_ByCpuWithoutARequest_IsRefused() =>
        Refuses("api.autoscale.cpu: 70 % of what?", With(Api with { Scale = new(1, 5) { CpuPercent = 70 } }));

    [Fact]
    public void Autoscale_WithAMinimumAboveItsMaximum_IsRefused() =>
        Refuses(
            "api.replicas: the minimum, 5, is more than the maximum, 2; give the smaller first",
            With(Api with { Scale = new(5, 2) { CpuPercent = 70 } })
        );

    [Fact]
    public void Parameter_OfSeveralLines_IsRefused() =>
        Refuses("note.default: has more than one line", With(Api) with { Parameters = [new("note", "one\ntwo")] });

    [Fact]
    public void Environment_ANameThatNoPodMayHave_IsRefused() =>
        Refuses(
            "api.env.Größe: \"Größe\" is no name for a variable there: printable ASCII without =",
            With(Api with { Environment = [new("Größe", "a")] })
        );

    [Fact]
    public void Parameter_PercentEncoded_IsRefused() =>
        Refuses(
            "api.env.URL: needs the parameter user percent-encoded",
            With(Api with { Environment = [new("URL", [new ParameterReference("user", ValueEncoding.Uri)])] }) with
            {
                Parameters = [new("user", "a")],
            }
        );

    [Fact]
    public void Files_BeyondAConfigMap_AreRefused() =>
        Refuses("api.files: are 1048577 bytes", With(Api with { Files = [new("/big", new string('a', (1 << 20) + 1))] }));

    [Theory]
    [InlineData(RestartMode.Never)]
    [InlineData(RestartMode.OnFailure)]
    public void Restart_OfAServiceThatIsNotAlways_IsLostAloud(RestartMode mode) =>
        Refuses("api.restart: Kubernetes can't carry", With(Api with { Restart = new(mode) }));

    [Fact]
    public void Isolation_OfAnUnknownUser_MakesTheNamespaceBaseline()
    {
        var plan = With(Api with { Isolation = Isolation.ImageOwn });

        Assert.Equal(
            "weakened: `securityContext`, in a namespace that enforces *baseline*. Nothing says which user api's image runs as, so "
                + "the namespace admits root inside containers. "
                + "Remedy: name it with .WithContainerUser(1000), or say that this is meant with "
                + ".WithPodSecurity(PodSecurity.Baseline) on the target",
            Outcome.Of(new KubernetesTarget(), plan, "api.isolation")
        );
        Assert.Contains(
            "pod-security.kubernetes.io/enforce: baseline",
            Publication.Create(plan, new KubernetesTarget(), []).Files.Single(static file => file.Path == "namespace.yaml").Content,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Isolation_OfAnUnknownUser_IsRefusedWhereTheNamespaceIsRestrictedByChoice() =>
        Refuses(
            "api.isolation: Kubernetes can't carry \"the image's own user, writable root, capabilities CHOWN, DAC_OVERRIDE, FOWNER, "
                + "NET_BIND_SERVICE, SETGID, SETUID\". "
                + "A restricted namespace admits no root, and nothing says which user api's image runs as. Remedy: name it with "
                + ".WithContainerUser(1000), or take .WithPodSecurity(PodSecurity.Restricted) away",
            With(Api with { Isolation = Isolation.ImageOwn }),
            new() { PodSecurity = PodSecurity.Restricted }
        );

    [Fact]
    public void Autoscale_ByRequests_IsLostAloud() =>
        Refuses(
            "api.autoscale: Kubernetes can't carry \"1 to 5, 20 requests each\"",
            With(Api with { Scale = new(1, 5) { ConcurrentRequests = 20 } })
        );

    [Fact]
    public void Wait_ForTheMereStartOfWhatTellsWhenItIsReady_WaitsUntilItIs() =>
        Assert.Equal(
            "weakened: an init container that watches api. Kubernetes tells that api is ready, not that it has started, so web "
                + "starts once api is ready. Remedy: WaitFor(api) says so",
            Outcome.Of(
                new KubernetesTarget(),
                With(
                    Api with
                    {
                        Probes = new() { Readiness = new(new TcpProbe("http")) },
                    },
                    Api with
                    {
                        Name = "web",
                        Dependencies = [new("api", DependencyCondition.Started)],
                    }
                ),
                "web.waits"
            )
        );

    [Fact]
    public void Prefix_StrippedByAnUnknownController_IsLostAloud() =>
        Refuses(
            "gateway.routing: Kubernetes can't carry",
            With(Api) with
            {
                Gateway = Gateway with { Routes = [new("/api", "api", "http", StripPrefix: true)] },
            }
        );

    [Theory]
    [InlineData(null)]
    [InlineData("traefik")]
    public void RoutedService_WhereNobodyKnowsWhereTheControllerRuns_IsReachedByAnyPodUntilItIsNamed(string? ingressClass)
    {
        var plan = With(Api) with { Gateway = Gateway with { Certificate = CertificateMode.None, RedirectToHttps = false } };

        Assert.Equal(
            "weakened: NetworkPolicy `api`. Every pod of the cluster may connect to port http of api, which believes forwarded "
                + "headers, as nothing "
                + "says where the controller runs. Remedy: name the namespace of its pods, .WithIngress(controllerNamespace: \"NAME\")",
            Outcome.Of(new KubernetesTarget(new() { Ingress = new() { Class = ingressClass } }), plan, "api.network")
        );
        Assert.Equal(
            "supported: NetworkPolicy `api`",
            Outcome.Of(
                new KubernetesTarget(
                    new()
                    {
                        Ingress = new() { Class = ingressClass, ControllerNamespace = "gateway" },
                    }
                ),
                plan,
                "api.network"
            )
        );
    }

    private static DeploymentPlan With(params Workload[] workloads) => new() { Name = "shop", Workloads = workloads.ToEquatableArray() };

    private static void Refuses(string expected, DeploymentPlan plan, KubernetesOptions? options = null)
    {
        var refusal = Assert.Throws<PlanException>(() => Publication.Create(plan, new KubernetesTarget(options), []));

        Assert.Contains(refusal.Errors, error =>
            error.ToString().Replace("kubernetes: ", "", StringComparison.Ordinal).StartsWith(expected, StringComparison.Ordinal)
        );
    }
}
