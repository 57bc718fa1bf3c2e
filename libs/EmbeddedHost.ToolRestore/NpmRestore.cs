using System.Text.Json.Nodes;
using Aspire.Hosting.Tools;

namespace AspireDeploy.ToolRestore;

/// <summary>A package to install.</summary>
/// <param name="Name">The package's name.</param>
/// <param name="Version">Its exact version.</param>
/// <param name="Target">The cache directory its content is for.</param>
internal sealed record NpmPackage(string Name, string Version, string Target);

/// <summary>Installs packages with npm, away from the repository, and runs none of their scripts.</summary>
internal sealed class NpmRestore(ToolEnvironment environment, string repository)
{
    private static readonly string[] Common = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", "--fetch-retry-mintimeout=1000"];

    /// <summary>Installs <paramref name="packages"/> under <paramref name="directory"/> and returns its <c>node_modules</c>.</summary>
    public async Task<string> RunAsync(string directory, IReadOnlyList<NpmPackage> packages)
    {
        var npm = Npm();
        var configuration = Path.Combine(repository, ".npmrc");
        if (File.Exists(configuration))
            File.Copy(configuration, Path.Combine(directory, ".npmrc"));

        var locked = await ReadAsync("package-lock.json");
        if (packages.All(package => IsLocked(locked, package)))
        {
            await LayOutLockedAsync(directory, locked, packages);
            await Command.RunAsync(npm, ["ci", .. Common], directory);
        }
        else
        {
            // The lock names the platform it was made on; elsewhere the same versions are asked for by name.
            await File.WriteAllTextAsync(Path.Combine(directory, "package.json"), """{ "private": true }""");
            // PostgreSQL for Windows on Arm is the x64 build.
            string[] foreign = packages.Any(package => package.Name.EndsWith("windows-x64", StringComparison.Ordinal)) ? ["--force"] : [];
            await Command.RunAsync(npm, ["install", .. packages.Select(package => $"{package.Name}@{package.Version}"), "--no-save", "--no-package-lock", .. foreign, .. Common], directory);
        }
        return Path.Combine(directory, "node_modules");
    }

    private string Npm() =>
        // On Windows npm is a command script, which is started by its own name only.
        (environment.IsWindows ? OnPath("npm.cmd") : environment.OnPath("npm")) ?? throw new RestoreException("npm, which comes with Node.js, is not in PATH");

    private string? OnPath(string file) =>
        (environment.Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, file)).FirstOrDefault(File.Exists);

    private async Task<JsonObject> ReadAsync(string file) => JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(repository, file)))!.AsObject();

    private static bool IsLocked(JsonObject locked, NpmPackage package) =>
        locked["packages"]?["node_modules/" + package.Name]?["version"]?.GetValue<string>() == package.Version;

    // The repository lists the packages as optional, so that a plain 'npm install' works on every platform. Here they are required: npm passes
    // over an optional package that it cannot download, without a word.
    private static async Task LayOutLockedAsync(string directory, JsonObject locked, IReadOnlyList<NpmPackage> packages)
    {
        var required = new JsonObject(packages.Select(package => KeyValuePair.Create(package.Name, (JsonNode?)package.Version)));
        var entries = new JsonObject { [""] = new JsonObject { ["dependencies"] = required.DeepClone() } };
        foreach (var package in packages)
        {
            var entry = locked["packages"]!["node_modules/" + package.Name]!.DeepClone().AsObject();
            entry.Remove("optional");
            entries["node_modules/" + package.Name] = entry;
        }
        await File.WriteAllTextAsync(Path.Combine(directory, "package.json"), new JsonObject { ["private"] = true, ["dependencies"] = required }.ToJsonString());
        await File.WriteAllTextAsync(
            Path.Combine(directory, "package-lock.json"), new JsonObject { ["lockfileVersion"] = 3, ["requires"] = true, ["packages"] = entries }.ToJsonString());
    }
}
