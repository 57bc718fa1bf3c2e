using System.Runtime.InteropServices;
using AspireDeploy.Tools;

namespace AspireDeploy.Redis;

/// <summary>Installs the .NET tool <c>garnet-server</c> and keeps what runs here of its 570 MB.</summary>
/// <param name="environment">Where <c>dotnet</c> is looked for.</param>
/// <param name="directory">Where a <c>NuGet.config</c> is looked for.</param>
internal sealed class GarnetRestore(ToolEnvironment environment, string directory)
{
    private const string Package = "garnet-server";

    /// <summary>Prepares the program, and returns its directory.</summary>
    public async Task<string> RunAsync(Staging staging, CancellationToken cancellationToken)
    {
        var installed = staging.Directory("garnet");
        var variables = new Dictionary<string, string>
        {
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        };
        string[] arguments = ["tool", "install", Package, "--version", RedisTool.Version, "--tool-path", installed];
        var command = new ProcessCommand(DotnetMuxer.Find(environment), arguments, directory, variables);
        var outcome = await OneShot.RunAsync(command, "", cancellationToken).ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            throw new DistributedApplicationException(
                $"'dotnet tool install {Package}' ended with exit code {outcome.ExitCode}: "
                    + $"{Complaint.In(outcome.Errors + "\n" + outcome.Output)}"
            );
        }

        var program = Directory
            .GetFiles(Path.Combine(installed, ".store"), RedisTool.GarnetAssembly, SearchOption.AllDirectories)
            .Select(path => Path.GetDirectoryName(path)!)
            .FirstOrDefault(candidate => Path.GetFileName(candidate) == "any")
            ?? throw new DistributedApplicationException($"the tool {Package} {RedisTool.Version} holds no {RedisTool.GarnetAssembly}");
        Prune(program);
        return program;
    }

    // The package ships a second build for every platform beside the portable one, and native libraries for them all.
    private static void Prune(string program)
    {
        foreach (var other in Directory.GetDirectories(program).Where(candidate => Path.GetFileName(candidate) != "runtimes"))
        {
            Directory.Delete(other, recursive: true);
        }

        var runtimes = Path.Combine(program, "runtimes");
        if (!Directory.Exists(runtimes))
        {
            return;
        }

        var system =
            OperatingSystem.IsWindows() ? "win"
            : OperatingSystem.IsMacOS() ? "osx"
            : "linux";
        var processor = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string[] kept = [system, $"{system}-{processor}", $"{system}-musl-{processor}"];
        foreach (var other in Directory.GetDirectories(runtimes).Where(candidate => !kept.Contains(Path.GetFileName(candidate))))
        {
            Directory.Delete(other, recursive: true);
        }
    }
}
