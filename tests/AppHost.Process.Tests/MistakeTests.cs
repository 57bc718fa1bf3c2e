using System.Net;
using System.Net.Sockets;

namespace AppHost.Process.Tests;

public class MistakeTests
{
    [Theory]
    [InlineData("duplicate-name", "error: Resource name 'API' is used twice, by 'api' (ExecutableResource) and by 'API' (RedisResource). Give one of them another name; case makes no difference.")]
    [InlineData("malformed-name", "error: Resource name 'my_api' is malformed: only ASCII letters, digits and hyphens are allowed.")]
    [InlineData("wait-cycle", "error: Resources wait for each other in a circle, so none of them could ever start: api → migrator → api. Remove one of the waits.")]
    [InlineData("unset-parameter", "error: Parameter 'payment-key' has no value. Set 'Parameters:payment-key': run 'dotnet user-secrets set Parameters:payment-key VALUE' in the AppHost's directory, or set the environment variable Parameters__payment_key.")]
    public async Task Declaration_ThatCantWork_IsOneLine(string declaration, string line)
    {
        await using var run = AppHostRun.StartSmall(declaration);

        Assert.Equal(line, await MistakeAsync(run));
    }

    [Theory]
    [InlineData("error: Unknown option '--isolted'. Did you mean '--isolated'?", "--isolted")]
    [InlineData("error: Option '--publisher' needs a value: '--publisher VALUE'.", "--publisher")]
    [InlineData("error: Unexpected argument 'frob'. Configuration is given as 'Section:Key=value'.", "frob")]
    [InlineData("error: Operation 'frobnicate' is unknown. Operations are 'run' and 'publish'.", "--operation", "frobnicate")]
    public async Task CommandLine_ThatCantBeUnderstood_IsOneLine(string line, params string[] arguments)
    {
        await using var run = AppHostRun.StartSmall("well-formed", arguments: arguments);

        Assert.Equal(line, await MistakeAsync(run));
    }

    [Theory]
    [InlineData("fixed-port", "PORT", "{0}", "'api' needs it for its endpoint 'web'")]
    [InlineData("fixed-database-port", "PORT", "{0}", "'postgres' needs it for its endpoint 'tcp'")]
    [InlineData("well-formed", "ASPNETCORE_URLS", "http://localhost:{0}", "'aspire-dashboard' needs it for its endpoint 'http'")]
    [InlineData("well-formed", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:{0}", "'aspire-dashboard' needs it for its endpoint 'otlp-grpc'")]
    [InlineData("well-formed", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "http://localhost:{0}", "the dashboard's resource service needs it (ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL)")]
    public async Task Port_Taken_SaysByWhomAndForWhat(string declaration, string variable, string value, string need)
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var run = AppHostRun.StartSmall(declaration, new Dictionary<string, string?> { [variable] = string.Format(null, value, port) });

        var line = await MistakeAsync(run);

        Assert.StartsWith($"error: Port {port} is taken by process {Environment.ProcessId} (", line, StringComparison.Ordinal);
        Assert.EndsWith($", and {need}. Stop what listens there, choose another port, or run beside it on free ports with '--isolated'.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tools_Missing_SaysWhatInstallsThem()
    {
        using var empty = new AppHostData();
        await using var run = AppHostRun.StartSmall(
            "fixed-database-port",
            new Dictionary<string, string?> { ["PORT"] = "5432", ["ASPIREDEPLOY_TOOLS"] = empty.Path, ["HOME"] = empty.Path, ["PATH"] = Path.GetDirectoryName(Environment.ProcessPath) });

        var line = await MistakeAsync(run);

        Assert.Matches(@"^error: DCP [\d.]+ is missing from .+: run 'dotnet build AppHost', with Node\.js 20 or newer and the npm registry at hand, or set ", line);
    }

    [Fact]
    public async Task Tools_NamedInAWrongPlace_SaysWhichSetting()
    {
        await using var run = AppHostRun.StartSmall("well-formed", new Dictionary<string, string?> { ["ASPIRE_DCP_PATH"] = "/nowhere" });

        Assert.Equal("error: ASPIRE_DCP_PATH points to '/nowhere', where there is no DCP: correct it, or unset it to use the restored one.", await MistakeAsync(run));
    }

    /// <summary>Waits for the end, and holds it against what every mistake gets: a code, one line on standard error, no stack trace anywhere, nothing left.</summary>
    private static async Task<string> MistakeAsync(AppHostRun run)
    {
        Assert.Equal(1, await run.EndAsync());
        Assert.DoesNotContain(run.Output, line => line.Contains("   at ", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal));
        var line = Assert.Single(run.Errors);
        await run.UntilNothingIsLeftAsync();
        Assert.Empty(run.TemporaryDirectories);
        return line;
    }
}
