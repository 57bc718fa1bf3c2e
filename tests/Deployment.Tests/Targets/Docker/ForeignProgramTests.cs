using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;

namespace AspireDeploy.Tests.Targets.Docker;

/// <summary>
/// Describes what Docker runs inside the containers of programs that declare nothing: the real commands, by the shells of this machine.
/// </summary>
public class ForeignProgramTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK", true, "")]
    [InlineData("HTTP/1.1 302 Found", true, "")]
    [InlineData("HTTP/1.1 404 Not Found", false, "GET /health?of=it's answers 404\n")]
    [InlineData("HTTP/1.1 503 Service Unavailable", false, "GET /health?of=it's answers 503\n")]
    public async Task Probe_OfHttp_InAnImageWithBash_TellsByTheAnswersStatus_AndSaysAnotherOne(string status, bool isWell, string said)
    {
        using var server = new Answering($"{status}\r\nContent-Length: 0\r\n\r\n");
        var workload = Project(server.Port);

        Assert.Equal((isWell, said), await AnswerAsync(ShellProbe.Create(workload, new(new HttpProbe("http", "/health?of=it's")))!.Value));
        Assert.Equal("GET /health?of=it's HTTP/1.1", await server.Request.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Probe_OfHttp_WhereNobodyListens_Fails()
    {
        var port = new Answering("").Release();

        Assert.Equal((false, ""), await AnswerAsync(ShellProbe.Create(Project(port), new(new HttpProbe("http", "/")))!.Value));
        Assert.Equal((false, ""), await AnswerAsync(ShellProbe.Create(Project(port), new(new TcpProbe("http")))!.Value));
    }

    [Fact]
    public async Task Probe_OfAConnection_InAnImageWithBash_Succeeds()
    {
        using var server = new Answering("");

        Assert.Equal((true, ""), await AnswerAsync(ShellProbe.Create(Project(server.Port), new(new TcpProbe("http")))!.Value));
    }

    [Fact]
    public void Probe_InAnImageOnAlpine_IsBusyBoxs()
    {
        var workload = Project(80) with { Image = new ImageReference("docker.io/example/page", "1-alpine") };

        Assert.Equal(
            ["wget", "-q", "-T", "5", "-O", "/dev/null", "http://127.0.0.1:80/ready"],
            ShellProbe.Create(workload, new(new HttpProbe("http", "/ready")))!.Value
        );
        Assert.Equal(["nc", "-z", "127.0.0.1", "80"], ShellProbe.Create(workload, new(new TcpProbe("http")))!.Value);
    }

    [Fact]
    public void Probe_InAnImageOfWhichNothingIsKnown_IsNone() =>
        Assert.Null(
            ShellProbe.Create(Project(80) with { Image = new ImageReference("docker.io/example/server", "2") }, new(new TcpProbe("http")))
        );

    [Theory]
    [InlineData("plain")]
    [InlineData("it's \"$HOME\" `id` \\ and\ttabs")]
    [InlineData("lines\nand more\n\n")]
    [InlineData("")]
    public async Task Start_OfAProgramThatReadsItsEnvironment_PutsTheSecretThere(string secret)
    {
        var directory = Directory.CreateTempSubdirectory("aspiredeploy-secrets-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "API_KEY"), secret, TestContext.Current.CancellationToken);
            var started = SecretsAtStart.In(
                Project(80) with
                {
                    Environment = [new("API_KEY", [new SecretReference("api-key")])],
                    Arguments = ["first", "second one"],
                }
            );
            // The program is one that tells its environment and arguments.
            var words = started
                .Entrypoint.Select(word => word.Replace(Secrets.Directory, directory.FullName, StringComparison.Ordinal))
                .SkipLast(2)
                .Append("/bin/sh")
                .Append("-c")
                .Append("printf '%s|%s|%s' \"$API_KEY\" \"$1\" \"$2\"")
                .Append("sh")
                .Concat(started.Arguments.Select(static argument => argument.AsLiteral!));

            Assert.Equal(["dotnet", "Api.dll"], started.Entrypoint.TakeLast(2));
            Assert.Equal($"{secret}|first|second one", await OutputAsync([.. words]));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Start_OfAVariableThatNoShellCanExport_StaysAsItIs()
    {
        var workload = Project(80) with { Environment = [new("ConnectionStrings__my-broker", [new SecretReference("api-key")])] };

        Assert.Equal(workload, SecretsAtStart.In(workload));
    }

    [Fact]
    public async Task Start_OfAProgramInAnImageWithBash_PassesOnWhatNoShellCanExport()
    {
        var directory = Directory.CreateTempSubdirectory("aspiredeploy-secrets-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "API_KEY"), "key", TestContext.Current.CancellationToken);
            var words = SecretsAtStart
                .In(
                    Project(80) with
                    {
                        Environment =
                        [
                            new("API_KEY", [new SecretReference("api-key")]),
                            new("services__my-api__http__0", Template.FromText("http://my-api:8080")),
                        ],
                    }
                )
                .Entrypoint.SkipLast(2)
                .Select(word => word.Replace(Secrets.Directory, directory.FullName, StringComparison.Ordinal));

            var told = (await OutputAsync(["env", "services__my-api__http__0=http://my-api:8080", .. words, "env"])).Split('\n');

            Assert.Contains("API_KEY=key", told);
            Assert.Contains("services__my-api__http__0=http://my-api:8080", told);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_WithoutItsSecret_EndsBeforeTheProgramBegins()
    {
        var words = SecretsAtStart
            .In(Project(80) with { Environment = [new("API_KEY", [new SecretReference("api-key")])] })
            .Entrypoint.SkipLast(2);

        Assert.Equal("", await OutputAsync([.. words, "echo", "begun"]));
    }

    [Fact]
    public void Start_InAnImageOnAlpine_WithAVariableThatItsShellWouldNotPassOn_StaysAsItIs()
    {
        var workload = Project(80) with
        {
            Image = new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll") { Shell = ImageShell.BusyBox },
            Environment =
            [
                new("API_KEY", [new SecretReference("api-key")]),
                new("services__my-api__http__0", Template.FromText("http://my-api:8080")),
            ],
        };

        Assert.Equal(workload, SecretsAtStart.In(workload));
        Assert.Equal(["/bin/sh", "-c"], SecretsAtStart.In(workload with { Environment = [workload.Environment[0]] }).Entrypoint.Take(2));
    }

    [Fact]
    public void Start_OfAKnownImage_IsItsOwnWithItsOwnArguments()
    {
        var broker = SecretsAtStart.In(
            new Workload
            {
                Name = "broker",
                Image = new ImageReference("docker.io/library/rabbitmq", "4.1"),
                Restart = RestartPolicy.Always,
                Isolation = new(999, 999, ReadOnlyRoot: false, []),
                Environment = [new("RABBITMQ_DEFAULT_PASS", [new SecretReference("rabbit-password")])],
            }
        );

        Assert.Equal(
            [
                "/bin/bash",
                "-c",
                "set -e; RABBITMQ_DEFAULT_PASS=\"$(cat /run/secrets/RABBITMQ_DEFAULT_PASS && printf .)\"; export "
                    + "RABBITMQ_DEFAULT_PASS=\"${RABBITMQ_DEFAULT_PASS%.}\"; exec \"$@\"",
                "sh",
                "docker-entrypoint.sh",
            ],
            broker.Entrypoint
        );
        Assert.Equal(["rabbitmq-server"], broker.Arguments.Select(static argument => argument.AsLiteral!));
    }

    private static Workload Project(int port) =>
        new()
        {
            Name = "api",
            Image = new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll"),
            Restart = RestartPolicy.Always,
            Isolation = Isolation.DotNetWritable,
            Ports = [new("http", port, "http")],
        };

    private static async Task<(bool IsWell, string Output)> AnswerAsync(EquatableArray<string> command)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode == 0, said);
    }

    private static async Task<string> OutputAsync(string[] command)
    {
        using var process = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A server that gives everybody the same answer.</summary>
    private sealed class Answering : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly TaskCompletionSource<string> _request = new();

        internal Answering(string answer)
        {
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _ = AnswerAsync(answer);
        }

        internal int Port { get; }

        internal Task<string> Request => _request.Task;

        internal int Release()
        {
            Dispose();
            return Port;
        }

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync(string answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    using var reader = new StreamReader(client.GetStream());
                    if (answer.Length == 0)
                        continue;
                    _request.TrySetResult(await reader.ReadLineAsync() ?? "");
                    // A connection that is closed before all has been read is reset, and what was answered is lost.
                    while (await reader.ReadLineAsync() is { Length: > 0 })
                        continue;
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
                }
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
