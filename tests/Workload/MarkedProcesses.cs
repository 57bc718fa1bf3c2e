using System.Globalization;

namespace AspireDeploy.Workload;

/// <summary>
/// Finds the processes that a program started, and those that they started, in <c>/proc</c>, so on Linux alone. A variable of their
/// environment marks them, whoever became their parent since; one that was started without it is known by its parent, if it was looked
/// for while that lived.
/// </summary>
public sealed class MarkedProcesses
{
    private const string Variable = "ASPIREDEPLOY_RUN_MARK";

    private readonly string _entry;
    private readonly Lock _lock = new();
    private HashSet<Running> _known = [];

    /// <summary>Makes a new mark.</summary>
    public MarkedProcesses()
    {
        Mark = new(Variable, Guid.NewGuid().ToString("N"));
        _entry = $"{Mark.Key}={Mark.Value}";
    }

    /// <summary>Gets the variable to give to the program.</summary>
    public KeyValuePair<string, string> Mark { get; }

    /// <summary>Returns those that live now; one that has ended and only waits to be buried doesn't count.</summary>
    public IReadOnlyList<MarkedProcess> Living()
    {
        var all = Directory
            .GetDirectories("/proc")
            .Select(directory =>
                int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Describe(id) : null
            )
            .OfType<Candidate>()
            .ToList();
        lock (_lock)
        {
            var found = all.Where(one => one.IsMarked || _known.Contains(one.Running)).ToDictionary(one => one.Running.Id);
            while (
                all.Where(one => found.ContainsKey(one.Parent) && !found.ContainsKey(one.Running.Id)).ToList() is { Count: > 0 } children
            )
            {
                children.ForEach(child => found.Add(child.Running.Id, child));
            }

            _known = [.. found.Values.Select(one => one.Running)];
            return [.. found.Keys.Select(MarkedProcess.TryRead).OfType<MarkedProcess>()];
        }
    }

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

    private Candidate? Describe(int id)
    {
        try
        {
            // pid (comm) state ppid …; the moment of its start is the 22nd.
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new(
                new(id, fields[19]),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                File.ReadAllText($"/proc/{id}/environ").Contains(_entry, StringComparison.Ordinal)
            );
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A number alone may be another process's by now.
    private sealed record Running(int Id, string Start);

    private sealed record Candidate(Running Running, int Parent, bool IsMarked);
}
