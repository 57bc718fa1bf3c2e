using System.Globalization;
using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Startup;

/// <summary>The processes of the machine at one moment, and who started whom.</summary>
internal sealed class ProcessTree
{
    private readonly Dictionary<int, int> _parents = [];

    /// <summary>Reads it.</summary>
    public ProcessTree()
    {
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                _parents[id] = ParentOf(id);
            }
        }
    }

    /// <summary>Gets all of them.</summary>
    public IEnumerable<MarkedProcess> All => _parents.Keys.Select(MarkedProcess.TryRead).OfType<MarkedProcess>();

    /// <summary>Returns what processes have started, directly or by way of others, without themselves.</summary>
    public IEnumerable<MarkedProcess> Below(IReadOnlySet<int> processes) =>
        _parents.Keys.Where(id => IsBelow(id, processes)).Select(MarkedProcess.TryRead).OfType<MarkedProcess>();

    private bool IsBelow(int id, IReadOnlySet<int> processes) =>
        _parents.TryGetValue(id, out var parent) && (processes.Contains(parent) || (parent > 1 && IsBelow(parent, processes)));

    private static int ParentOf(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }
}
