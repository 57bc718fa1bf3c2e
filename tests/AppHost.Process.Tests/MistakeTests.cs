using System.Net;
using System.Net.Sockets;
using AspireDeploy.Workload;

namespace AppHost.Process.Tests;

public class MistakeTests
{
    [Theory]
    [InlineData(
        "duplicate-name",
        "error: Cannot add resource of type 'Aspire.Hosting.ApplicationModel.RedisResource' with name 'API' because resource of "
            + "type 'Aspire.Hosting.ApplicationModel.ExecutableResource' with that name already exists. Resource names are "
            + "case-insensitive."
    )]
    [InlineData("malformed-name", "error: Resource name 'my_api' is invalid. Name must contain only ASCII letters, digits, and hyphens.")]
    [InlineData(
        "wait-cycle",
        "error: Resources wait for each other in a circle, so none of them could ever start: api → migrator → api. Remove one of the waits."
    )]
    [InlineData(
        "unproxied-replicas",
        "error: 'api' is to have 2 replicas, and its endpoint 'web' isn't proxied, so that only one of them could listen there. "
            + "Take isProxied: false away, or have one replica."
    )]
    public async Task Declaration_ThatCantWork_IsOneLine(string declaration, string line)
    {
        await using var run = AppHostRun.StartSmall(declaration);

        Assert.Equal(line, await MistakeAsync(run));
    }

    [Theory]
    [InlineData("error: Unknown option '--isolted'. Did you mean '--isolated'?", "--isolted")]
    public async Task Option_NearlyOneOfOurs_IsOneLine(string line, params string[] arguments)
    {
        await using var run = AppHostRun.StartSmall("well-formed", arguments: arguments);

        Assert.Equal(line, await MistakeAsync(run));
    }

    [Theory]
    [InlineData("fixed-port", "PORT", "{0}", "'api' needs it for its endpoint 'web'")]
    [InlineData("fixed-database-port", "PORT", "{0}", "'postgres' needs it for its endpoint 'tcp'")]
    [InlineData("well-formed", "ASPNETCORE_URLS", "http://localhost:{0}", "the dashboard needs it (ASPNETCORE_URLS)")]
    [InlineData(
        "well-formed",
        "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL",
        "http://localhost:{0}",
        "the dashboard needs it (ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL)"
    )]
    [InlineData(
        "well-formed",
        "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL",
        "http://localhost:{0}",
        "the dashboard needs it (ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL)"
    )]
    public async Task Port_Taken_SaysByWhomAndForWhat(string declaration, string variable, string value, string need)
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var run = AppHostRun.StartSmall(
            declaration,
            new Dictionary<string, string?> { [variable] = string.Format(null, value, port) }
        );

        var line = await MistakeAsync(run);

        Assert.StartsWith($"error: Port {port} is taken by process {Environment.ProcessId} (", line, StringComparison.Ordinal);
        Assert.EndsWith(
            $", and {need}. Stop what listens there, choose another port, or run beside it on free ports with '--isolated'.",
            line,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL")]
    public async Task Dashboard_OverHttpsWithoutACertificate_SaysWhatMakesOne(string variable)
    {
        using var home = new AppHostData();
        await using var run = AppHostRun.StartSmall(
            "well-formed",
            new Dictionary<string, string?> { [variable] = $"https://localhost:{ServiceProcess.FreePort()}", ["HOME"] = home.Path }
        );

        Assert.Equal(
            $"error: The dashboard is to use HTTPS ({variable}), and this user has no certificate for development. Run 'dotnet "
                + "dev-certs https', or start with the launch profile 'http'.",
            await MistakeAsync(run)
        );
    }

    /// <summary>
    /// Waits for the end, and holds it against what every mistake gets: a code, one line on standard error, no stack trace anywhere,
    /// nothing left.
    /// </summary>
    private static async Task<string> MistakeAsync(AppHostRun run)
    {
        Assert.Equal(1, await run.EndAsync());
        Assert.DoesNotContain(run.Output, line =>
            line.Contains("   at ", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal)
        );
        var line = Assert.Single(run.Errors);
        await run.UntilNothingIsLeftAsync();
        Assert.Empty(run.TemporaryDirectories);
        return line;
    }
}
