using System.Diagnostics;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// The target's scripts against answers of Azure's REST API: <c>az</c> is a stand-in, a shell script that finds the URL in <c>$url</c> and
/// the method in <c>$method</c> and has the folder to itself, since there is no Azure here.
/// (https://learn.microsoft.com/rest/api/resource-manager/containerapps)
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class AzureAnswers : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-azure-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs a script of the target.</summary>
    internal async Task<(int Code, string Output, string Errors)> RunAsync(
        string name,
        string az,
        params (string Name, string Value)[] variables
    )
    {
        await WriteAsync("script.sh", DeploymentScript.Read(name));
        var command = await WriteAsync("az", $"#!/bin/sh\ncd \"$(dirname \"$0\")\"\nmethod=$4 url=$6\necho \"$url\" >> requests\n{az}\n");
        File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("/bin/sh", ["script.sh"])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (
            var (variable, value) in variables
                .Append(("AZ_SCRIPTS_OUTPUT_PATH", Path.Combine(_folder.FullName, "outputs")))
                .Append(("PAUSE", "0"))
        )
            start.Environment[variable] = value;
        using var script = Process.Start(start)!;
        var (said, errors) = (
            script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (script.ExitCode, await said, await errors);
    }

    /// <summary>Returns what was asked, in order.</summary>
    internal Task<string[]> RequestsAsync() =>
        File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "requests"), TestContext.Current.CancellationToken);

    /// <summary>Gets what a script has told the deployment; null: nothing.</summary>
    internal string? Outputs => Path.Combine(_folder.FullName, "outputs") is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>Writes a file beside the stand-in.</summary>
    internal async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }
}
