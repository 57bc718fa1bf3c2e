using Aspire.Hosting.Tools;

namespace AspireDeploy.ToolRestore;

/// <summary>Lets the Aspire CLI unpack the bundle it carries, DCP and the dashboard, and keeps that alone.</summary>
internal sealed class AspireRestore(ToolEnvironment environment, ToolCache cache)
{
    public async Task RunAsync(string package, Staging staging)
    {
        // The CLI unpacks its bundle into its home as well, in the background, and then takes that for the one it was asked for. So they are one place,
        // and the home is one that goes away.
        var home = staging.Directory("home");
        var unpacked = staging.Directory(Path.Combine("home", ".aspire"));
        await Command.RunAsync(
            Path.Combine(package, "bin", environment.Executable("aspire")),
            ["setup", "--install-path", unpacked, "--non-interactive", "--nologo"],
            home,
            new Dictionary<string, string> { ["HOME"] = home, ["USERPROFILE"] = home, ["ASPIRE_HOME"] = unpacked, ["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true" });

        // The CLI makes versions/<version>/ and an absolute link to it, which would not survive the rename.
        var versions = Path.Combine(unpacked, "versions");
        var bundle = Directory.Exists(versions) ? Directory.GetDirectories(versions).FirstOrDefault(directory => Directory.Exists(Path.Combine(directory, "dcp"))) : null;
        if (bundle is null)
            throw new RestoreException($"the Aspire CLI {cache.Pins.Aspire} unpacked no DCP");
        await Staging.PublishAsync(bundle, cache.Aspire);
    }
}
