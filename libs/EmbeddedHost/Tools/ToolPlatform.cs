using System.Runtime.InteropServices;

namespace Aspire.Hosting.Tools;

/// <summary>What this machine is called in the names of the tools' packages.</summary>
/// <param name="AspireCli">The suffix of <c>@microsoft/aspire-cli-</c>, or null where Aspire ships no build.</param>
/// <param name="Postgres">The suffix of <c>@embedded-postgres/</c>, or null where that project ships no build.</param>
internal sealed record ToolPlatform(string? AspireCli, string? Postgres)
{
    private static readonly string[] AspirePlatforms =
        ["win-x64", "win-arm64", "linux-x64", "linux-arm64", "linux-musl-x64", "osx-x64", "osx-arm64"];

    public static ToolPlatform Current { get; } = For(
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
        RuntimeInformation.OSArchitecture,
        RuntimeInformation.RuntimeIdentifier);

    /// <summary>Names the platform from its parts; <paramref name="runtimeIdentifier"/> tells musl from glibc.</summary>
    public static ToolPlatform For(OSPlatform system, Architecture architecture, string runtimeIdentifier)
    {
        var processor = architecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", _ => "other" };
        if (system == OSPlatform.Windows)
            // There is no PostgreSQL build for Windows on Arm; the x64 one runs there under emulation.
            return new(Aspire($"win-{processor}"), processor == "other" ? null : "windows-x64");
        if (system == OSPlatform.OSX)
            return new(Aspire($"osx-{processor}"), processor == "other" ? null : $"darwin-{processor}");

        var musl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal) || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
        return musl
            ? new(Aspire($"linux-musl-{processor}"), null)
            : new(Aspire($"linux-{processor}"), processor == "other" ? null : $"linux-{processor}");
    }

    private static string? Aspire(string name) => AspirePlatforms.Contains(name) ? name : null;
}
