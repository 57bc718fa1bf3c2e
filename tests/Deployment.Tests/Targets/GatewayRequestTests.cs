using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Tests.Targets;

/// <summary>The request by which a deployment ends, asked of a real server by the real <c>curl</c>.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class GatewayRequestTests : IDisposable
{
    private const string Host = "shop.example.com";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-ask-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Ask_WhatIsServedByItsOwnHost_SaysTheAddressAndTheAnswer()
    {
        await using var server = await ServedGateway.StartAsync(static context =>
            context.Request.Host.Host == Host && context.Request.Path == "/health" ? 200 : 404
        );

        Assert.Equal(
            (0, $"http://{Host}:{ServedGateway.PortOf(server)}/health answers 200 at 127.0.0.1\n"),
            await AskAsync(PlanOf(ServedGateway.PortOf(server)))
        );
    }

    [Theory]
    [InlineData(404)]
    [InlineData(502)]
    public async Task Ask_WhatIsNotServed_FailsWithTheAnswer(int code)
    {
        await using var server = await ServedGateway.StartAsync(_ => code);

        Assert.Equal(
            (
                1,
                $"http://{Host}:{ServedGateway.PortOf(server)}/health answers {code} at 127.0.0.1. Everything was deployed, but "
                    + "nobody outside is served: see the log.\n"
            ),
            await AskAsync(PlanOf(ServedGateway.PortOf(server)))
        );
    }

    [Fact]
    public async Task Ask_WhereNobodyListens_FailsWithIt()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var (code, said) = await AskAsync(PlanOf(port));

        Assert.Equal(1, code);
        Assert.Matches(
            $@"^http://shop\.example\.com:{port}/health doesn't answer \(curl: \(7\) .+\) at 127\.0\.0\.1\. Everything was deployed, but nobody outside is served: see the log\.\n$",
            said
        );
    }

    [Fact]
    public async Task Ask_AnothersCertificate_FailsWithIt_UnlessTheGatewaysOwnAuthorityMadeIt()
    {
        await using var server = await ServedGateway.StartAsync(static _ => 200, isHttps: true);
        var plan = PlanOf(ServedGateway.PortOf(server));
        plan = plan with
        {
            Gateway = plan.Gateway! with { HttpsPort = ServedGateway.PortOf(server), Certificate = CertificateMode.Automatic },
        };

        var (code, said) = await AskAsync(plan);

        Assert.Equal(1, code);
        Assert.Matches(@"/health has no certificate that a browser takes \(curl: \(60\) .+\) at 127\.0\.0\.1\. Everything", said);
        Assert.Equal(0, (await AskAsync(plan with { Gateway = plan.Gateway! with { Certificate = CertificateMode.Internal } })).Code);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("shop.internal")]
    [InlineData("10.0.0.1")]
    public async Task Ask_ANameThatNoAuthorityKnows_TakesTheGatewaysOwnCertificate(string host)
    {
        await using var server = await ServedGateway.StartAsync(static _ => 200, isHttps: true);
        var plan = PlanOf(80);

        Assert.Equal(
            0,
            (
                await AskAsync(
                    plan with
                    {
                        Gateway = plan.Gateway! with
                        {
                            Host = host,
                            HttpsPort = ServedGateway.PortOf(server),
                            Certificate = CertificateMode.Automatic,
                        },
                    }
                )
            ).Code
        );
    }

    [Theory]
    [InlineData("PUBLIC_HOST='chosen.example.com'\n")]
    [InlineData("PUBLIC_HOST=chosen.example.com\r\n")]
    [InlineData("\uFEFFexport PUBLIC_HOST = chosen.example.com # mine\n")]
    [InlineData("PUBLIC_HOST=other\nPUBLIC_HOST=\"chosen.example.com\" # mine\n")]
    public async Task Ask_AHostThatWasChosen_IsAskedByThat(string env)
    {
        await using var server = await ServedGateway.StartAsync(static context =>
            context.Request.Host.Host == "chosen.example.com" ? 200 : 404
        );
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, ".env"), env, TestContext.Current.CancellationToken);
        var plan = PlanOf(ServedGateway.PortOf(server)) with { Parameters = [new("public-host", "localhost")] };

        Assert.Equal(
            0,
            (await AskAsync(plan with { Gateway = plan.Gateway! with { Host = [new ParameterReference("public-host")] } })).Code
        );
    }

    [Fact]
    public async Task Ask_AHostThatIsChosenInTheEnvironment_IsAskedByThat()
    {
        await using var server = await ServedGateway.StartAsync(static context =>
            context.Request.Host.Host == "chosen.example.com" ? 200 : 404
        );
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, ".env"),
            "PUBLIC_HOST=other.example.com\n",
            TestContext.Current.CancellationToken
        );
        var plan = PlanOf(ServedGateway.PortOf(server)) with { Parameters = [new("public-host", "localhost")] };

        Assert.Equal(
            0,
            (
                await AskAsync(
                    plan with
                    {
                        Gateway = plan.Gateway! with { Host = [new ParameterReference("public-host")] },
                    },
                    ("PUBLIC_HOST", "chosen.example.com")
                )
            ).Code
        );
    }

    [Fact]
    public async Task Ask_WithACurlrcThatLeadsElsewhere_IsNotLed()
    {
        await using var server = await ServedGateway.StartAsync(static _ => 200);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, ".curlrc"),
            "write-out = \"000\"\nproxy = http://127.0.0.1:1\nfail\nlocation\nurl = http://127.0.0.1:1/\n",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            (0, $"http://{Host}:{ServedGateway.PortOf(server)}/health answers 200 at 127.0.0.1\n"),
            await AskAsync(PlanOf(ServedGateway.PortOf(server)), ("HOME", _folder.FullName), ("CURL_HOME", _folder.FullName))
        );
    }

    [Fact]
    public async Task Ask_AnApplicationWhosePagesNobodyDeclared_TakesItsOwnAnswer()
    {
        await using var server = await ServedGateway.StartAsync(static _ => 404);
        var plan = PlanOf(ServedGateway.PortOf(server));

        Assert.Equal(
            (0, $"http://{Host}:{ServedGateway.PortOf(server)}/ answers 404 at 127.0.0.1\n"),
            await AskAsync(plan with { Workloads = [plan.Workloads[0] with { Probes = new() }] })
        );
    }

    [Fact]
    public async Task Ask_ThroughATraefikThatAnswers404ItselfToo_SaysSoWherePagesAreNotDeclared()
    {
        await using var server = await ServedGateway.StartAsync(static _ => 404);
        var plan = PlanOf(ServedGateway.PortOf(server));

        Assert.Equal(
            (
                0,
                $"http://{Host}:{ServedGateway.PortOf(server)}/ answers 404 at 127.0.0.1\n"
                    + "this may be Traefik's own 404, which it says where it has no route: declare a page that answers, "
                    + ".WithHttpHealthCheck(\"/PATH\"), and that is asked for\n"
            ),
            await AskAsync(plan with { Workloads = [plan.Workloads[0] with { Probes = new() }] }, isShared: true)
        );
        Assert.Equal(1, (await AskAsync(plan, isShared: true)).Code);
    }

    [Theory]
    [InlineData("/", false, "/health")]
    [InlineData("/shop", true, "/shop/health")]
    [InlineData("/shop", false, "/shop")]
    public void Write_ARoute_AsksWhereTheProbeIsFromOutside(string prefix, bool strip, string path)
    {
        var plan = PlanOf(8080);

        Assert.Contains(
            $"url=http://$host:8080{path}\n",
            GatewayRequest.Write(
                plan with
                {
                    Gateway = plan.Gateway! with { Routes = [new(prefix, "api", "http", strip)] },
                },
                DockerSettings.File,
                "the log",
                false
            ),
            StringComparison.Ordinal
        );
    }

    private static DeploymentPlan PlanOf(int port) =>
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
                    Probes = new() { Readiness = new(new HttpProbe("http", "/health")) },
                },
            ],
            Gateway = new()
            {
                Name = "gateway",
                Host = Host,
                Routes = [new("/", "api", "http")],
                HttpPort = port,
            },
        };

    private Task<(int Code, string Output)> AskAsync(DeploymentPlan plan, params (string Name, string Value)[] environment) =>
        AskAsync(plan, isShared: false, environment);

    private async Task<(int Code, string Output)> AskAsync(
        DeploymentPlan plan,
        bool isShared,
        params (string Name, string Value)[] environment
    )
    {
        var script =
            "set -eu\nsay() { echo \"$1\"; }\n"
            + SecretsScript.EnvironmentReader("")
            + SecretsScript.Apply
            + GatewayRequest
                .Write(plan, DockerSettings.File, "the log", plan.Gateway!.Certificate == CertificateMode.Automatic, isShared)
                .Replace("+ 60))", "+ 1))", StringComparison.Ordinal)
                .Replace("+ 180))", "+ 1))", StringComparison.Ordinal)
            + "ask 127.0.0.1\n";
        var start = new ProcessStartInfo("sh", ["-c", script])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
