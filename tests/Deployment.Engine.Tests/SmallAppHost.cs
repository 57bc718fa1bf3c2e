using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>An AppHost of <c>tests/SmallAppHosts</c>, run as a process of its own against an engine of the test's.</summary>
/// <param name="engine">The engine.</param>
/// <param name="declaration">What it declares, which is its application's name too.</param>
internal sealed class SmallAppHost(DockerEngine engine, string declaration) : IDisposable
{
    // Built as the tests are.
    private static readonly string Program = Path.Combine(
        Solution.Directory,
        "tests",
        "SmallAppHosts",
        "bin",
        Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(AppContext.BaseDirectory))!),
        "net10.0",
        "SmallAppHosts.dll"
    );

    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-steps-");

    /// <summary>Runs a step of its pipeline.</summary>
    internal Task<CommandOutcome> StepAsync(string step, params (string Name, string Value)[] environment)
    {
        string[] command =
        [
            "dotnet",
            Program,
            declaration,
            "--operation",
            "publish",
            "--step",
            step,
            "--output-path",
            _output.FullName,
            $"Deployment:Name={declaration}",
            "Deployment:Version=1",
        ];
        return Solution.BuildAloneAsync(() =>
            EngineCommand.RunAsync(engine, _output.FullName, command, [Solution.BaseImage(engine), .. environment])
        );
    }

    /// <summary>Returns the path of what was published for a target.</summary>
    internal string Published(string target, params string[] path) => Path.Combine([_output.FullName, target, .. path]);

    /// <summary>Runs a script that was published for a target, as people without the AppHost do.</summary>
    internal Task<CommandOutcome> RunAsync(string target, string script, params string[] arguments) =>
        EngineCommand.RunAsync(engine, Published(target), ["sh", $"./{script}", .. arguments]);

    public void Dispose() => _output.Delete(recursive: true);
}
