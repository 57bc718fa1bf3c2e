using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// Describes what a target wrote of a plan, in a folder whose scripts run over programs with variables of the test's own.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class PublishedScripts : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-scripts-");

    /// <summary>Writes a plan's files over those that are there.</summary>
    internal void Publish(DeploymentPlan plan, ITarget target)
    {
        foreach (var file in Publication.Create(plan, target, []).Files)
        {
            var path = Path.Combine(_folder.FullName, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
            if (file.Mode == PublishedFileMode.Executable)
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Changes a text in a file that has it.</summary>
    internal void Change(string file, string before, string after)
    {
        var path = Path.Combine(_folder.FullName, file);
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(before, after, StringComparison.Ordinal));
    }

    /// <summary>Writes a file.</summary>
    internal void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    /// <summary>Takes a file away.</summary>
    internal void Delete(string file) => File.Delete(Path.Combine(_folder.FullName, file));

    /// <summary>Gets the folder as its scripts name it.</summary>
    internal string Folder => _folder.FullName;

    /// <summary>Starts a process that has the folder's lock as one of its scripts has, and goes on until it is disposed.</summary>
    internal HeldLock Hold(string script) => new(Folder, script);

    /// <summary>Returns whether there is a file.</summary>
    internal bool Has(string file) => File.Exists(Path.Combine(_folder.FullName, file));

    /// <summary>Runs a script that ends well.</summary>
    /// <returns>What it said.</returns>
    internal async Task<string> SucceedAsync(string[] variables, params string[] command)
    {
        var (code, said, _) = await RunAsync(variables, command);
        Assert.True(code == 0, said);
        return said;
    }

    /// <summary>Runs a script that fails.</summary>
    /// <returns>The last line of its errors, and all that it said.</returns>
    internal async Task<(string Failure, string Output)> FailAsync(string[] variables, params string[] command)
    {
        var (code, said, failure) = await RunAsync(variables, command);
        Assert.True(code == 1, said);
        return (failure, said);
    }

    private async Task<(int Code, string Output, string Failure)> RunAsync(string[] variables, string[] command)
    {
        var (commands, failure) = (new RecordedCommands(variables), "");
        var code = await commands.RunAsync(
            ["sh", .. command],
            _folder.FullName,
            (line, isError) =>
            {
                if (isError)
                    failure = line;
            },
            TestContext.Current.CancellationToken
        );
        // Without the command itself.
        return (code, commands.Output[(commands.Output.IndexOf('\n', StringComparison.Ordinal) + 1)..], failure);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
