using System.Runtime.InteropServices;
using Aspire.Hosting.Tools;

namespace AspireDeploy.ToolRestore;

/// <summary>Installs the .NET tool <c>garnet-server</c> and keeps what runs here of its 570 MB.</summary>
internal sealed class GarnetRestore(ToolCache cache, string repository)
{
    public async Task RunAsync(Staging staging)
    {
        var installed = staging.Directory("garnet");
        var dotnet = DotnetMuxer.Find(ToolEnvironment.ForProcess());
        // In the repository, so that its NuGet sources count.
        await Command.RunAsync(
            dotnet,
            ["tool", "install", PinnedTools.GarnetPackage, "--version", cache.Pins.Garnet, "--tool-path", installed],
            repository,
            new Dictionary<string, string> { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en" });

        var program = Directory.GetFiles(Path.Combine(installed, ".store"), RedisLocator.GarnetAssembly, SearchOption.AllDirectories)
            .Select(path => Path.GetDirectoryName(path)!)
            .FirstOrDefault(directory => Path.GetFileName(directory) == "any")
            ?? throw new RestoreException($"the tool {PinnedTools.GarnetPackage} {cache.Pins.Garnet} holds no {RedisLocator.GarnetAssembly}");
        Prune(program);
        await Staging.PublishAsync(program, cache.Garnet);
    }

    // The package ships a second build for every platform beside the portable one, and native libraries for them all.
    private static void Prune(string program)
    {
        foreach (var directory in Directory.GetDirectories(program).Where(directory => Path.GetFileName(directory) != "runtimes"))
            Directory.Delete(directory, recursive: true);
        var runtimes = Path.Combine(program, "runtimes");
        if (!Directory.Exists(runtimes))
            return;
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string[] kept = [system, $"{system}-{processor}", $"{system}-musl-{processor}"];
        foreach (var directory in Directory.GetDirectories(runtimes).Where(directory => !kept.Contains(Path.GetFileName(directory))))
            Directory.Delete(directory, recursive: true);
    }
}
