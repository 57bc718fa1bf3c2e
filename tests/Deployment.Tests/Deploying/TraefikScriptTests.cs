using AspireDeploy.Model;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Swarm;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Tests.Deploying;

/// <summary>The scripts behind a Traefik that runs already: a stand-in answers for Docker's command.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TraefikScriptTests : IDisposable
{
    private static readonly TraefikGateway Traefik = new("proxy");

    private readonly StandInCompose _engine = new();
    private readonly PublishedScripts _scripts = new();

    // A host that is set to nothing is asked for by nobody: this is about what happens before.
    private static DeploymentPlan Plan =>
        new()
        {
            Name = "shop",
            Parameters = [new("host", "shop.test")],
            Workloads =
            [
                new()
                {
                    Name = "api",
                    Image = new ImageReference("example/api", "1"),
                    Restart = new(RestartMode.Always),
                    Scale = Scale.Fixed(2),
                    Ports = [new("http", 8080, "http")],
                },
            ],
            Gateway = new()
            {
                Name = "gateway",
                Host = [new ParameterReference("host")],
                Certificate = CertificateMode.Automatic,
                Routes = [new("/", "api", "http")],
            },
        };

    public void Dispose()
    {
        _engine.Dispose();
        _scripts.Dispose();
    }

    [Fact]
    public async Task Deploy_AServiceThatTraefikServes_PausesBeforeEachReplicaThatStops()
    {
        Publish(Traefik);
        _engine.AddNetwork();
        _engine.NoteWaits();
        foreach (var old in (string[])["old-1", "old-2"])
            _engine.Add(old, "api", "old");

        Assert.EndsWith("s  deployed", await _scripts.SucceedAsync(_engine.Variables, "./deploy.sh"), StringComparison.Ordinal);

        Assert.Equal(["sleep 3", "stop old-1", "sleep 3", "stop old-2"], _engine.Waited);
        Assert.Equal(["new-api"], _engine.Containers);
    }

    [Fact]
    public async Task Deploy_AServiceThatNoRouteLeadsTo_StopsReplicasAtOnce()
    {
        _scripts.Publish(Plan with { Gateway = null }, new ComposeTarget(new("compose") { Traefik = Traefik }));
        _engine.NoteWaits();
        foreach (var old in (string[])["old-1", "old-2"])
            _engine.Add(old, "api", "old");

        await _scripts.SucceedAsync(_engine.Variables, "./deploy.sh");

        Assert.Equal(["stop old-1", "stop old-2"], _engine.Waited);
    }

    [Fact]
    public async Task Check_WithoutTheNetwork_IsRefusedByItsName()
    {
        Publish(Traefik);

        Assert.Equal(
            "There is no network proxy, by which Traefik reaches containers: make it (docker network create proxy), or name "
                + "Traefik's own with .WithTraefik(\"NETWORK\").",
            await RefusedAsync()
        );
    }

    [Theory]
    [InlineData("3.7", "Traefik v3.7.9", null)]
    [InlineData("3.7", "Traefik v3.10.0", null)]
    [InlineData("3.7", "Traefik v4.0.1", null)]
    [InlineData("3.7", "Traefik v3.5.2", "3.5")]
    [InlineData("3.0", "Traefik v2.11.0", "2.11")]
    [InlineData("3.7", "Nginx v1.2.0", null)]
    [InlineData("3.7", " ", null)]
    public async Task Check_ATraefikOlderThanWasDeclared_IsRefusedByItsVersion(string declared, string image, string? older)
    {
        Publish(Traefik with { Version = Version.Parse(declared) });
        _engine.AddNetwork(image);

        // None that is older than any that is supported can be published for.
        var remedy =
            older == "2.11"
                ? "upgrade it, or leave WithTraefik out, and a Caddy comes with the deployment."
                : $"publish for it, .WithTraefik(\"proxy\", version: \"{older}\"), or upgrade it.";
        var refusal = older is null
            ? null
            : $"Traefik on the network proxy is {older}, and takes nothing of what is written for {declared}: {remedy}";
        Assert.Equal(refusal, await RefusedAsync(isRefused: older is not null));
    }

    [Theory]
    [InlineData(
        "websecure",
        "entrypoints",
        "http https web",
        "--entryPoints.web.address=:80",
        "--entrypoints.https.address=:443",
        "--entrypoints.http=true"
    )]
    [InlineData("web", "entrypoints", "websecure", "TRAEFIK_ENTRYPOINTS_WEBSECURE_ADDRESS=:443")]
    [InlineData(
        "letsencrypt",
        "certificatesresolvers",
        "acme",
        "--entrypoints.web.address=:80",
        "--entrypoints.websecure.address=:443",
        "--certificatesResolvers.acme.acme.email=a@example.com"
    )]
    public async Task Check_ATraefikWithOtherNames_IsRefusedByTheNameThatItHasNot(
        string name,
        string kind,
        string has,
        params string[] arguments
    )
    {
        Publish(Traefik);
        _engine.AddNetwork(["Traefik v3.7.9", .. arguments]);

        Assert.Equal(
            $"Traefik on the network proxy has no {name} among its {kind}, but {has}: name its own, .WithTraefik(\"proxy\", "
                + "certificateResolver: \"NAME\", httpsEntryPoint: \"NAME\", httpEntryPoint: \"NAME\").",
            await RefusedAsync()
        );
    }

    [Fact]
    public async Task Check_OfASwarm_ANetworkOfOneMachine_IsRefused()
    {
        using var swarm = new StandInSwarm();
        _scripts.Publish(Plan, new SwarmTarget(new("swarm") { Traefik = Traefik }));
        await _scripts.SucceedAsync(swarm.Variables, "./deploy.sh", "--check");
        swarm.ScopeNetworks("local");

        Assert.Equal(
            "The network proxy is one machine's (local), and services of a swarm are on overlay networks: make Traefik one (docker "
                + "network create --driver overlay NAME), and name it with .WithTraefik(\"NAME\").",
            (await _scripts.FailAsync(swarm.Variables, "./deploy.sh", "--check")).Failure
        );
    }

    private void Publish(TraefikGateway traefik)
    {
        _scripts.Publish(Plan, new ComposeTarget(new("compose") { Traefik = traefik }));
        _scripts.Write(".env", "HOST=\n");
    }

    private async Task<string?> RefusedAsync(bool isRefused = true)
    {
        if (isRefused)
            return (await _scripts.FailAsync(_engine.Variables, "./deploy.sh", "--check")).Failure;
        await _scripts.SucceedAsync(_engine.Variables, "./deploy.sh", "--check");
        return null;
    }
}
