namespace AppHost.Process.Tests;

/// <summary>
/// Stand-ins, first on the PATH, for the programs that reach an engine or a cloud: they write down each call. They fail, unless they are
/// given an answer.
/// </summary>
internal sealed class RecordedPrograms : IDisposable
{
    private static readonly string[] Names = ["docker", "podman", "kubectl", "nomad", "az", "azd"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-programs-");

    public RecordedPrograms(string? answer = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-ins are shell scripts.");
        foreach (var path in Names.Select(name => Path.Combine(_folder.FullName, name)))
        {
            File.WriteAllText(
                path,
                $"#!/bin/sh\necho \"${{0##*/}} $*\" >> '{Record}'\n{(answer is null ? "exit 1" : $"echo '{answer}'")}\n"
            );
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
            }
        }
    }

    /// <summary>Gets the calls so far: program and arguments.</summary>
    public IReadOnlyList<string> Calls => File.Exists(Record) ? File.ReadAllLines(Record) : [];

    public Dictionary<string, string?> Environment =>
        new() { ["PATH"] = $"{_folder.FullName}{Path.PathSeparator}{System.Environment.GetEnvironmentVariable("PATH")}" };

    private string Record => Path.Combine(_folder.FullName, "calls");

    public void Dispose() => _folder.Delete(recursive: true);
}
