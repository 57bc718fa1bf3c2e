namespace AspireDeploy.Tests.House;

/// <summary>Circles in what uses what.</summary>
internal static class Cycles
{
    /// <summary>Returns the uses that go round in circles: from a folder to one that, over others, comes back to it.</summary>
    internal static IEnumerable<Use> Find(IReadOnlyCollection<Use> uses)
    {
        var next = uses.ToLookup(static use => use.From, static use => use.To);
        return uses.Where(use => Reaches(use.To, use.From, next));
    }

    private static bool Reaches(string from, string wanted, ILookup<string, string> next)
    {
        var seen = new HashSet<string>([from], StringComparer.Ordinal);
        var open = new Stack<string>(seen);
        while (open.TryPop(out var at))
        {
            if (at == wanted)
                return true;
            foreach (var to in next[at].Where(seen.Add))
                open.Push(to);
        }
        return false;
    }
}
