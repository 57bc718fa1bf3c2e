using System.Runtime.InteropServices;

namespace AspireDeploy.Tools;

/// <summary>Names this machine as the packages of tools do.</summary>
internal static class ToolPlatform
{
    /// <summary>Gets the suffix of <c>@embedded-postgres/</c> for this machine, or null where that project has no build.</summary>
    public static string? Postgres { get; } =
        PostgresFor(
            OperatingSystem.IsWindows() ? OSPlatform.Windows
                : OperatingSystem.IsMacOS() ? OSPlatform.OSX
                : OSPlatform.Linux,
            RuntimeInformation.OSArchitecture,
            RuntimeInformation.RuntimeIdentifier
        );

    /// <summary>Returns the suffix for a machine; <paramref name="runtimeIdentifier"/> tells musl from glibc.</summary>
    public static string? PostgresFor(OSPlatform system, Architecture architecture, string runtimeIdentifier)
    {
        var processor = architecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        if (processor is null)
        {
            return null;
        }

        if (system == OSPlatform.Windows)
        {
            // There is no build for Windows on Arm; the x64 one runs there under emulation.
            return "windows-x64";
        }

        if (system == OSPlatform.OSX)
        {
            return $"darwin-{processor}";
        }

        var isMusl =
            runtimeIdentifier.Contains("musl", StringComparison.Ordinal)
            || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
        return isMusl ? null : $"linux-{processor}";
    }
}
