using System.Diagnostics;
using AspireDeploy.Engines;
using AspireDeploy.Model;
using AspireDeploy.Targets;
using AspireDeploy.Tools;

namespace AspireDeploy.Tests.Values;

/// <summary>
/// A folder that a plan is published to, where its scripts and Docker's own client are run as people run them; no engine is asked.
/// </summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-values-");

    internal ScriptFolder()
    {
        if (!OperatingSystem.IsLinux())
            Engine.Missing("The scripts want a shell.");
    }

    private static string Docker { get; } = Path.Combine(ToolCache.In(ToolEnvironment.ForProcess()).Root, "engines", "docker", "usr");

    internal void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), content);
    }

    internal string Read(string path) => File.ReadAllText(PathOf(path));

    internal void Publish(DeploymentPlan plan, ITarget target)
    {
        foreach (var file in target.Write(plan))
            Write(file.Path, file.Content);
    }

    /// <summary>Runs a program there.</summary>
    internal (int Code, string Output, string Errors) Run(
        string program,
        string[] arguments,
        params (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    /// <summary>Runs secrets.sh, which ends well.</summary>
    internal void MakeSecrets()
    {
        // Owners are the engine's affair.
        var (code, output, errors) = Run("/bin/sh", ["-c", "sed 's/^give_away$/:/' secrets.sh >run.sh && sh ./run.sh"]);
        Assert.True(code == 0, output + errors);
    }

    /// <summary>Runs Docker Compose, the real one.</summary>
    internal (int Code, string Output, string Errors) Compose(params string[] arguments) =>
        Run(Program("libexec/docker/cli-plugins/docker-compose"), arguments);

    /// <summary>Runs Docker's client, the real one.</summary>
    internal (int Code, string Output, string Errors) DockerClient(params string[] arguments) => Run(Program("bin/docker"), arguments);

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string path) => Path.Combine(_folder.FullName, path);

    private static string Program(string path)
    {
        if (!File.Exists(Path.Combine(Docker, path)))
            Engine.Missing($"Docker's client is missing from {Docker}: run tests/Engines/Docker/fetch as root on Debian.");
        return Path.Combine(Docker, path);
    }
}
