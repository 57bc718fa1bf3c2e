using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>What a script said, and how it ended.</summary>
/// <param name="ExitCode">0 when well.</param>
/// <param name="Output">Everything that it wrote.</param>
internal sealed record ScriptOutcome(int ExitCode, string Output);

/// <summary>A folder that publishing wrote, used as people without the AppHost do: by its scripts, against an engine of the test's own.</summary>
internal sealed class PublishedFolder(DockerEngine engine, string target) : IDisposable
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-engine-");

    /// <summary>The target's folder.</summary>
    internal string Path => System.IO.Path.Combine(_output.FullName, target);

    /// <summary>The port of the gateway's HTTP.</summary>
    internal int HttpPort { get; } = FreePort();

    /// <summary>The port of the gateway's HTTPS.</summary>
    internal int HttpsPort { get; } = FreePort();

    /// <summary>Publishes a declaration into the folder.</summary>
    internal async Task PublishAsync(string application, Action<IDistributedApplicationBuilder> declare, params string[] options)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--operation", "publish", "--step", "publish", "--output-path", _output.FullName, $"Deployment:Name={application}", "Deployment:Version=1", .. options],
            DisableDashboard = true,
            ProjectDirectory = System.IO.Path.Combine(Solution.Directory, "AppHost"),
        });
        declare(builder);
        await using var host = builder.Build();
        await host.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs one of the folder's scripts.</summary>
    internal async Task<ScriptOutcome> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", [$"./{script}", .. arguments]) { WorkingDirectory = Path, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in engine.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output + await errors);
    }

    /// <summary>Runs one of the folder's scripts, which ends well.</summary>
    internal async Task<string> SucceedAsync(string script, params string[] arguments)
    {
        var outcome = await RunAsync(script, arguments);
        Assert.True(outcome.ExitCode == 0, $"{script} ended with {outcome.ExitCode}:{Environment.NewLine}{outcome.Output}");
        return outcome.Output;
    }

    public void Dispose() => _output.Delete(recursive: true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
