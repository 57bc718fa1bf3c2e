using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace AppHost.Process.Tests;

/// <summary>The <c>aspire</c> command, of the version that the solution names, run to its end where nobody is there to answer it.</summary>
internal sealed partial record AspireOnce(int ExitCode, string Output)
{
    /// <summary>Gets the root of the repository.</summary>
    public static string Solution { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Runs it on one of the AppHosts of a few lines, over stand-ins for other programs.</summary>
    public static async Task<AspireOnce> RunAsync(RecordedPrograms programs, string declaration, params string[] arguments)
    {
        // It keeps settings beside where it runs.
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-aspire-");
        try
        {
            File.Copy(
                Path.Combine(Solution, ".config", "dotnet-tools.json"),
                Path.Combine(folder.CreateSubdirectory(".config").FullName, "dotnet-tools.json")
            );
            string[] options = ["--apphost", Path.Combine(Solution, "tests", "SmallAppHosts", "SmallAppHosts.csproj"), "--no-build"];
            var command = arguments[0] == "do" ? 2 : 1;
            var start = new ProcessStartInfo("dotnet", ["aspire", .. arguments[..command], .. options, .. arguments[command..]])
            {
                WorkingDirectory = folder.FullName,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in programs.Environment)
                start.Environment[name] = value;
            start.Environment["SMALL_APPHOST"] = declaration;
            start.Environment["DOTNET_CLI_HOME"] = RestoredTool.DotnetHome;
            start.Environment["NO_COLOR"] = "1";
            start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
            using var process = System.Diagnostics.Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new(process.ExitCode, Lines().Replace(output + await errors, " "));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Returns how often it says something, wherever its lines were broken.</summary>
    public int Count(string text) => Output.Split(text).Length - 1;

    private static string Here([CallerFilePath] string here = "") => here;

    [GeneratedRegex(@"\s*\n")]
    private static partial Regex Lines();
}
