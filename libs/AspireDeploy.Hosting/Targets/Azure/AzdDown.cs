using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Finds out whether <c>azd down</c> asks for the manifest: it does so as <c>azd up</c> does, to learn what there is, and tells nobody
/// which of them it is. (Azure/azure-dev, cli/azd/cmd/down.go)
/// So the commands are looked at by which this process was started; where a system doesn't show them, <see cref="Setting"/> says so.
/// </summary>
internal static class AzdDown
{
    /// <summary>Gets the setting by which a person says that it is.</summary>
    internal const string Setting = "Deployment:AzdDown";

    internal static bool Asks(IConfiguration configuration) => configuration.GetValue<bool>(Setting) || Commands().Any(Is);

    /// <summary>Returns whether a command is that one.</summary>
    internal static bool Is(IReadOnlyList<string> words) =>
        words.Count > 1 && Path.GetFileNameWithoutExtension(words[0]) == "azd" && AzdWorkflow.Operands(words).FirstOrDefault() == "down";

    // Those of the processes above this one.
    private static IEnumerable<IReadOnlyList<string>> Commands()
    {
        if (OperatingSystem.IsWindows())
            yield break;
        var id = Environment.ProcessId;
        for (var depth = 0; depth < 32 && id > 1; depth++)
        {
            if ((OperatingSystem.IsLinux() ? FromProc(id) : FromPs(id)) is not var (parent, words))
                yield break;
            yield return words;
            id = parent;
        }
    }

    private static (int Parent, IReadOnlyList<string> Words)? FromProc(int id)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{id}/stat");
            var parent = state[(state.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return (int.Parse(parent, CultureInfo.InvariantCulture), File.ReadAllText($"/proc/{id}/cmdline").TrimEnd('\0').Split('\0'));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static (int Parent, IReadOnlyList<string> Words)? FromPs(int id)
    {
        string[] arguments = ["-o", "ppid=,args=", "-p", id.ToString(CultureInfo.InvariantCulture)];
        using var ps = Process.Start(new ProcessStartInfo("ps", arguments) { RedirectStandardOutput = true });
        var words = ps!.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && int.TryParse(words[0], CultureInfo.InvariantCulture, out var parent) ? (parent, words[1..]) : null;
    }
}
