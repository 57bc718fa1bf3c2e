using System.Diagnostics;
using AspireDeploy.Targets;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>A folder that a case is published to, with its secrets made, and commands that are run there.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class PublishedCase : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-kustomize-");

    internal string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Publishes a case.</summary>
    /// <param name="name">The case's.</param>
    /// <param name="changed">What becomes of each file's content; without it, what it is.</param>
    internal async Task PublishAsync(string name, Func<string, string>? changed = null)
    {
        Kubectl.Require();
        foreach (var file in KubernetesCases.FilesOf(name))
        {
            var path = Path.Combine(Folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, changed?.Invoke(file.Content) ?? file.Content);
            if (file.Mode == PublishedFileMode.Executable)
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        Directory.CreateDirectory(Path.Combine(Folder, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "secrets/stripe-key"), "it's $a \"key\"");
        await RunAsync("./secrets.sh");
    }

    /// <summary>Runs a line of the shell that ends well.</summary>
    internal async Task RunAsync(string command)
    {
        var (code, _, said) = await TryAsync(command);
        Assert.True(code == 0, said);
    }

    /// <summary>Runs a line of the shell that may fail.</summary>
    internal async Task<(int Code, string Output, string Errors)> TryAsync(string command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, said) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)
        );
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await said);
    }
}
