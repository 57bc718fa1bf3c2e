using System.Globalization;

namespace AspireDeploy.Workload;

/// <summary>
/// The processes that a program started, and those that they started: a variable of their environment marks them, whoever became their parent since. They are
/// found in <c>/proc</c>, so on Linux alone.
/// </summary>
public sealed class MarkedProcesses
{
    private const string Variable = "ASPIREDEPLOY_RUN_MARK";

    private readonly string _entry;

    /// <summary>Makes a new mark.</summary>
    public MarkedProcesses()
    {
        Mark = new(Variable, Guid.NewGuid().ToString("N"));
        _entry = $"{Mark.Key}={Mark.Value}";
    }

    /// <summary>The variable to give to the program.</summary>
    public KeyValuePair<string, string> Mark { get; }

    /// <summary>Those that live now; one that has ended and only waits to be buried doesn't count.</summary>
    public IReadOnlyList<MarkedProcess> Living() => [.. Directory.GetDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Describe(id) : null)
        .OfType<MarkedProcess>()];

    /// <summary>Kills them all, and waits until they are gone.</summary>
    public async Task KillAsync()
    {
        while (Living() is { Count: > 0 } living)
        {
            foreach (var process in living)
            {
                process.Kill();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    private MarkedProcess? Describe(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ").Contains(_entry, StringComparison.Ordinal) ? MarkedProcess.TryRead(id) : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
