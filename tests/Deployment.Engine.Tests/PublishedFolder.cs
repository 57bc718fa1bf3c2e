using System.Net;
using System.Net.Sockets;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>
/// A folder that publishing wrote, used as people without the AppHost do: by its scripts, against an engine of the test's own.
/// </summary>
internal sealed class PublishedFolder(DockerEngine engine, string target) : IDisposable
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-engine-");

    /// <summary>Gets the target's folder.</summary>
    internal string Path => System.IO.Path.Combine(_output.FullName, target);

    /// <summary>Gets the port of the gateway's HTTP.</summary>
    internal int HttpPort { get; } = FreePort();

    /// <summary>Gets the port of the gateway's HTTPS.</summary>
    internal int HttpsPort { get; } = FreePort();

    /// <summary>Publishes a declaration into the folder.</summary>
    internal async Task PublishAsync(string application, Action<IDistributedApplicationBuilder> declare, params string[] options)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                Args =
                [
                    "--operation",
                    "publish",
                    "--step",
                    "publish",
                    "--output-path",
                    _output.FullName,
                    $"Deployment:Name={application}",
                    "Deployment:Version=1",
                    .. options,
                ],
                DisableDashboard = true,
                ProjectDirectory = System.IO.Path.Combine(Solution.Directory, "AppHost"),
            }
        );
        declare(builder);
        await using var host = builder.Build();
        await host.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Puts a secret's value where the scripts look for it, as a person does.</summary>
    internal async Task SupplyAsync(string secret, string value)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "secrets"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(Path, "secrets", secret), value, TestContext.Current.CancellationToken);
    }

    /// <summary>Runs one of the folder's scripts.</summary>
    internal Task<CommandOutcome> RunAsync(string script, params string[] arguments) =>
        EngineCommand.RunAsync(engine, Path, ["sh", $"./{script}", .. arguments]);

    /// <summary>Runs the script that deploys, with something else in its environment.</summary>
    internal Task<CommandOutcome> DeployWithAsync(params (string Name, string Value)[] environment) =>
        EngineCommand.RunAsync(engine, Path, ["sh", "./deploy.sh"], environment);

    /// <summary>Runs one of the folder's scripts, which ends well.</summary>
    internal async Task<string> SucceedAsync(string script, params string[] arguments)
    {
        var outcome = await RunAsync(script, arguments);
        Assert.True(outcome.ExitCode == 0, $"{script} ended with {outcome.ExitCode}:{Environment.NewLine}{outcome.Output}");
        return outcome.Output;
    }

    /// <summary>Runs what a person types there, up to the first command that fails.</summary>
    internal Task<CommandOutcome> TypeAsync(string commands) => EngineCommand.RunAsync(engine, Path, ["sh", "-ec", commands]);

    public void Dispose() => _output.Delete(recursive: true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
