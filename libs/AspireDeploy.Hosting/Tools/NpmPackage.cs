using Aspire.Hosting;

namespace AspireDeploy.Tools;

/// <summary>
/// Installs one npm package into a directory of its own, and runs none of its scripts. npm checks what it downloads against the
/// registry's hash.
/// </summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its exact version.</param>
internal sealed record NpmPackage(string Name, string Version)
{
    /// <summary>Installs the package, and returns its directory.</summary>
    /// <param name="environment">Where npm is looked for.</param>
    /// <param name="directory">An empty directory.</param>
    /// <param name="cancellationToken">Ends the installation.</param>
    /// <exception cref="DistributedApplicationException">npm isn't there, or fails.</exception>
    public async Task<string> InstallAsync(ToolEnvironment environment, string directory, CancellationToken cancellationToken)
    {
        // On Windows npm is a command script, which is started by its own name only.
        var npm = environment.OnPath(environment.IsWindows ? "npm.cmd" : "npm", isFileName: true)
            ?? throw new DistributedApplicationException("npm, which comes with Node.js, is not in PATH");
        var manifest = Path.Combine(directory, "package.json");
        await File.WriteAllTextAsync(manifest, """{ "private": true }""", cancellationToken).ConfigureAwait(false);
        // On Windows on Arm it is the x64 build, which npm takes for another machine's.
        string[] foreign = Name.EndsWith("windows-x64", StringComparison.Ordinal) ? ["--force"] : [];
        string[] arguments =
        [
            "install",
            $"{Name}@{Version}",
            "--no-save",
            "--no-package-lock",
            .. foreign,
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--fetch-retries=1",
            "--fetch-retry-mintimeout=1000",
        ];
        var command = new ProcessCommand(npm, arguments, directory, new Dictionary<string, string>());
        var outcome = await OneShot.RunAsync(command, "", cancellationToken).ConfigureAwait(false);
        return outcome.ExitCode == 0
            ? Path.Combine([directory, "node_modules", .. Name.Split('/')])
            : throw new DistributedApplicationException(
                $"'npm install {Name}@{Version}' ended with exit code {outcome.ExitCode}: {Complaint.In(outcome.Errors)}"
            );
    }
}
