using System.Globalization;
using AspireDeploy.Engines.Docker;
using AspireDeploy.EngineTests;
using AspireDeploy.Workload;

namespace AspireDeploy.SampleTests;

/// <summary>An AppHost on the packages, deployed by its own step to an engine of the test's, with ports that are free.</summary>
/// <param name="library">The packages.</param>
/// <param name="engine">The engine.</param>
/// <param name="appHost">The AppHost's folder.</param>
/// <param name="target">The target's name.</param>
internal sealed class DeployedSample(PackedLibrary library, DockerEngine engine, string appHost, string target)
{
    private string Folder => Path.Combine(appHost, "out", target);

    /// <summary>Gets the port of the gateway's HTTPS.</summary>
    internal int HttpsPort { get; } = ServiceProcess.FreePort();

    /// <summary>Chooses the gateway's ports, where there is one, as the AppHost's owner does, and deploys.</summary>
    internal async Task DeployAsync()
    {
        const string Https = ".WithHttps()";
        var program = Path.Combine(appHost, "Program.cs");
        var declared = await File.ReadAllTextAsync(program, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            program,
            declared.Replace(
                Https,
                string.Create(CultureInfo.InvariantCulture, $"{Https}.WithPublicPorts({ServiceProcess.FreePort()}, {HttpsPort})"),
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        Succeed(
            await EngineCommand.RunAsync(
                engine,
                appHost,
                [
                    "dotnet",
                    "run",
                    "--no-launch-profile",
                    "--",
                    "--operation",
                    "publish",
                    "--step",
                    $"deploy-{target}",
                    "--output-path",
                    Path.Combine(appHost, "out"),
                ],
                [
                    .. library.Environment.Select(static variable => (variable.Key, variable.Value!)),
                    ("ContainerBaseImage", $"{engine.BaseImages}/dotnet/aspnet:10.0"),
                ]
            )
        );
    }

    /// <summary>Takes the application and its data away, by the published script.</summary>
    internal async Task DestroyAsync() => Succeed(await EngineCommand.RunAsync(engine, Folder, ["sh", "./destroy.sh", "--volumes"]));

    /// <summary>Gets the containers of a service.</summary>
    internal ServiceContainers Containers(string application, string service) =>
        new(engine, target == "swarm" ? $"com.docker.swarm.service.name={application}_{service}" : $"com.docker.compose.service={service}");

    /// <summary>Runs a command in a container of a service.</summary>
    internal async Task<string> ExecAsync(ServiceContainers service, params string[] command) =>
        await engine.RunAsync(["exec", Assert.Single(await service.RunningAsync()), .. command], TestContext.Current.CancellationToken);

    private static void Succeed(CommandOutcome outcome) => Assert.True(outcome.ExitCode == 0, outcome.Output);
}
