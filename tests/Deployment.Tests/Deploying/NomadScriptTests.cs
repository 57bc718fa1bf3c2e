using System.Text.RegularExpressions;
using AspireDeploy.Engines;
using AspireDeploy.Model;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Tests.Cases;
using AspireDeploy.Tests.Targets;
using AspireDeploy.Tests.Targets.Nomad;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// The scripts for Nomad, where something is slow, waits, is refused or is taken. No registry has a Nomad, so a stand-in answers for its
/// command.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class NomadScriptTests : IDisposable
{
    private readonly StandInNomad _nomad = new();
    private readonly PublishedScripts _scripts = new();

    public NomadScriptTests() =>
        _scripts.Publish(
            new()
            {
                Name = "shop",
                Secrets = [new("token", new SecretGeneration())],
                Volumes = [new("files")],
                Workloads =
                [
                    new()
                    {
                        Name = "api",
                        Image = new ImageReference("example/api", "1"),
                        Restart = RestartPolicy.Always,
                        Update = UpdateOrder.StopFirst,
                        Dependencies = [new("migrator", DependencyCondition.Completed)],
                        Ports = [new("http", 8080, "http")],
                        Mounts = [new("files", "/files")],
                        SecretFiles = [new("/run/secrets/token", [new SecretReference("token")])],
                    },
                    new()
                    {
                        Name = "migrator",
                        Kind = WorkloadKind.Job,
                        Image = new ImageReference("example/migrator", "1"),
                        Restart = new(RestartMode.Never),
                    },
                ],
            },
            new NomadTarget(
                new()
                {
                    HostNetwork = "private",
                    StaticPorts = new Dictionary<string, int> { ["api"] = 15_001 },
                }
            )
        );

    public void Dispose()
    {
        _scripts.Dispose();
        _nomad.Dispose();
    }

    [Fact]
    public async Task Destroy_AReplicaThatIsSlowToStop_IsWaitedFor_AndTheNextOneStartsAlone()
    {
        _nomad.Slow = "api";
        await DeployAsync();

        var said = await _scripts.SucceedAsync(_nomad.Variables, "./destroy.sh");

        Assert.Matches(
            @"\+ nomad job stop shop-api\n(.*\n)*waits for 0000000\d of shop-api on client-1 to stop\n(.*\n)*\+ nomad job stop -purge shop-api\n",
            said
        );
        await DeployAsync();
        Assert.Empty(_nomad.Together);
    }

    [Fact]
    public async Task Deploy_HostileSecrets_AreInTheVariableToTheByte()
    {
        string[] values = [.. HostileValues.All, "\u0001\u0002\b\f\u001b[31m\u007f", "\u2028"];
        _scripts.Publish(
            new()
            {
                Name = "shop",
                Secrets = Enumerable.Range(0, values.Length).Select(static index => new Secret($"key{index}")).ToEquatableArray(),
                Workloads =
                [
                    new()
                    {
                        Name = "api",
                        Image = new ImageReference("example/api", "1"),
                        Restart = RestartPolicy.Always,
                        SecretFiles = Enumerable
                            .Range(0, values.Length)
                            .Select(static index => new SecretFile($"/run/secrets/key{index}", [new SecretReference($"key{index}")]))
                            .ToEquatableArray(),
                    },
                ],
            },
            new NomadTarget()
        );
        Directory.CreateDirectory(Path.Combine(_scripts.Folder, "secrets"));
        foreach (var (index, value) in values.Index())
            _scripts.Write($"secrets/key{index}", value);

        await DeployAsync();

        Assert.Equal(values, values.Select((_, index) => _nomad.Variable("nomad/jobs/shop-api", $"KEY{index}")));
    }

    [Fact]
    public async Task DeployAndDestroy_WhileADeploymentRuns_AreRefused()
    {
        await DeployAsync();
        using var running = _scripts.Hold("deploy.sh");

        foreach (var script in (string[])["./deploy.sh", "./destroy.sh"])
            Assert.Equal(
                $"deploy.sh runs in this folder already (process {running.Id}): wait until it has ended. If it has, remove "
                    + $"{_scripts.Folder}/.deploying.",
                (await _scripts.FailAsync(_nomad.Variables, script)).Failure
            );
    }

    [Fact]
    public async Task Deploy_OneThatWasForgottenStillStops_WaitsUntilItHasLeftTheVolume()
    {
        await DeployAsync();
        _nomad.Purge("shop-api");

        var said = await DeployAsync();

        Assert.Matches(
            @"s  shop-api waits for 0000000\d of shop-api on client-1 to leave the volume shop-files\n(.*\n)*\s+\d+s  nomad job run api.nomad.hcl\n",
            said
        );
        Assert.Empty(_nomad.Together);
    }

    [Fact]
    public async Task Deploy_WhileATaskWaitsForOthers_SaysForWhom_AndEndsWithIt()
    {
        _nomad.Wrong = ["STANDIN_WAITING=api"];

        var (failure, said) = await _scripts.FailAsync(_nomad.Variables, "./deploy.sh");

        Assert.Matches(@"\s+\d+s  api: 0000000\d waits for cache healthy\n", said);
        Assert.Matches(
            @"^api isn't healthy \(0000000\d waits for cache healthy\)\. Nomad goes back to the version before, where there is one: nomad job deployments shop-api$",
            failure
        );
        Assert.DoesNotContain("api | ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("503: Unhealthy", "503: Unhealthy")]
    [InlineData(
        "404: ",
        "404. If it asks for /health or /alive: Aspire's template maps them in Development only, so map them in every environment, "
            + "in MapDefaultEndpoints of ServiceDefaults"
    )]
    public async Task Deploy_AReplicaWhoseCheckFails_SaysWhichAndWhatItSaid(string answer, string told)
    {
        _nomad.Wrong = ["STANDIN_UNCHECKED=api", $"STANDIN_ANSWER={answer}"];

        var (failure, _) = await _scripts.FailAsync(_nomad.Variables, "./deploy.sh");

        Assert.StartsWith(
            $"check ready is failure with {told}).",
            failure[(failure.IndexOf(" check", StringComparison.Ordinal) + 1)..],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Deploy_AJobThatNomadRefuses_SaysWhatNomadSaid()
    {
        _nomad.Wrong = ["STANDIN_REFUSED=api"];

        var (failure, _) = await _scripts.FailAsync(_nomad.Variables, "./deploy.sh");

        Assert.Equal(
            "api was refused by Nomad: Error submitting job: Unexpected response code: 403 (Permission denied). The previous "
                + "version goes on.",
            failure
        );
    }

    [Theory]
    [InlineData("docker cni network:default ", "the host network private: add host_network \"private\" to its client block")]
    [InlineData(
        "docker network:private ",
        "the CNI plugins: put them into /opt/cni/bin (https://github.com/containernetworking/plugins/releases)"
    )]
    [InlineData("cni network:private ", "the Docker driver: start Docker there")]
    public async Task Deploy_WithoutAClientThatHasWhatItNeeds_IsRefusedBeforehand(string has, string without)
    {
        _nomad.Wrong = [$"STANDIN_CLIENT={has}"];

        var (failure, _) = await _scripts.FailAsync(_nomad.Variables, "./deploy.sh");

        Assert.Equal($"No client of Nomad has all that this needs; c1 lacks {without}, and restart Nomad there.", failure);
        Assert.False(_nomad.HasState);
    }

    [Theory]
    [InlineData("free:104857600 ", "only 100 MiB are free on the client c1")]
    [InlineData("free:10737418240 ", "")]
    [InlineData("", "")]
    public async Task Check_AClientThatIsShortOfDisk_IsNamed(string free, string told)
    {
        _nomad.Wrong = [$"STANDIN_CLIENT=docker cni network:private {free}"];

        var said = await _scripts.SucceedAsync(_nomad.Variables, "./deploy.sh", "--check");

        Assert.Equal(told, Regex.Match(said, "[^ ]+ [^ ]+ MiB are free.*").Value);
    }

    [Theory]
    [InlineData("job status", "list jobs")]
    [InlineData("job plan", "run jobs")]
    public async Task Deploy_WithoutTheRight_IsRefusedBeforehand(string denied, string what)
    {
        _nomad.Wrong = [$"STANDIN_DENIED={denied}"];

        var (failure, _) = await _scripts.FailAsync(_nomad.Variables, "./deploy.sh", "--check");

        Assert.Equal(
            $"Nomad at http://127.0.0.1:4646 doesn't let you {what} in the namespace default: set NOMAD_TOKEN to a token that has "
                + "the policy in acl-policy.hcl.",
            failure
        );
        Assert.False(_nomad.HasState);
    }

    [Fact]
    public async Task Deploy_WhoMayNotReadClients_GoesOn_AndSaysWhatNobodyHasAsked()
    {
        _nomad.Wrong = ["STANDIN_DENIED=node status"];

        Assert.Contains(
            "s  nobody has asked clients for the host network private, Docker and the CNI plugins, since your token may not (node { "
                + "policy = \"read\" })\n",
            await DeployAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Deploy_IntoANamespaceThatThereIsNot_IsRefusedBeforehand()
    {
        _nomad.Wrong = ["STANDIN_NAMESPACES=shops,defaults"];

        var (failure, _) = await _scripts.FailAsync(_nomad.Variables, "./deploy.sh", "--check");

        Assert.Equal(
            "Nomad at http://127.0.0.1:4646 has no namespace default: have it made (nomad namespace apply default), or publish for "
                + "one that there is: .WithNamespace(\"NAME\").",
            failure
        );
        Assert.False(_nomad.HasState);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("http_2")]
    public async Task Deploy_APortThatIsTaken_IsNamedAtOnce(string label)
    {
        _nomad.Wrong = ["STANDIN_TAKEN=15001", $"STANDIN_LABEL={label}"];

        var (failure, _) = await _scripts.FailAsync(_nomad.Variables, "./deploy.sh");

        Assert.Equal(
            "api can't be placed: its port 15001 is taken on every client that could take it. Stop who has it, or choose another "
                + "with .WithStaticPort(\"api\", PORT) and publish again.",
            failure
        );
    }

    [Fact]
    public async Task Deploy_WhatIsScaled_KeepsItsReplicas_AndGetsTheLeast()
    {
        await ScaledAsync(2);
        _nomad.Scale("shop-api", 6);

        await ScaledAsync(3);
        Assert.Equal(6, _nomad.CountOf("shop-api"));

        await ScaledAsync(7);
        Assert.Equal(7, _nomad.CountOf("shop-api"));

        Task<string> ScaledAsync(int least)
        {
            var plan = TargetCase.PlanOf(NomadCases.Folder, "autoscale");
            _scripts.Publish(
                plan with
                {
                    Workloads = plan
                        .Workloads.Select(workload => workload with { Scale = workload.Scale with { Minimum = least } })
                        .ToEquatableArray(),
                },
                NomadCases.TargetOf("autoscale")
            );
            return DeployAsync();
        }
    }

    [Fact]
    public async Task DryRun_BeforeTheFirstDeployment_SaysWhatWouldBeMade_AndMakesNothing()
    {
        var said = await _scripts.SucceedAsync(_nomad.Variables, "./deploy.sh", "--dry-run");

        Assert.Contains(
            "s  would make the volume shop-files; until then a plan warns that no client has it\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains("s  would make secrets/token\n", said, StringComparison.Ordinal);
        Assert.False(_scripts.Has("secrets/token"));
        Assert.Equal(0, _nomad.Changes);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(503)]
    public async Task Deploy_WithAGateway_EndsWithARequestAtTheAddressThatItListensOn(int answer)
    {
        await using var server = await ServedGateway.StartAsync(context => context.Request.Host.Host == "shop.example.com" ? answer : 404);
        _nomad.Wrong = ["STANDIN_ADDRESS=127.0.0.1"];
        var port = ServedGateway.PortOf(server);
        _scripts.Publish(
            new()
            {
                Name = "shop",
                Workloads =
                [
                    new()
                    {
                        Name = "api",
                        Image = new ImageReference("example/api", "1"),
                        Restart = RestartPolicy.Always,
                        Ports = [new("http", 8080, "http")],
                    },
                ],
                Gateway = new()
                {
                    Name = "gateway",
                    Host = "shop.example.com",
                    Routes = [new("/", "api", "http")],
                    HttpPort = port,
                    Certificate = CertificateMode.None,
                },
            },
            new NomadTarget(new() { HostNetwork = "private" })
        );
        _scripts.Change("deploy.sh", "+ 60))", "+ 1))");

        if (answer == 200)
        {
            Assert.Matches(
                $@"s  http://shop\.example\.com:{port}/ answers 200 at 127\.0\.0\.1\n +\d+s  deployed\n?\z",
                await DeployAsync()
            );
            return;
        }

        Assert.Equal(
            $"http://shop.example.com:{port}/ answers 503 at 127.0.0.1. Everything was deployed, but nobody outside is served: see "
                + "nomad alloc logs -job shop-gateway gateway.",
            (await _scripts.FailAsync(_nomad.Variables, "./deploy.sh")).Failure
        );
    }

    private Task<string> DeployAsync() => _scripts.SucceedAsync(_nomad.Variables, "./deploy.sh");
}
