namespace Aspire.Hosting.ApplicationModel;

/// <summary>The latest lines, in the order of their timestamps. Lines of the same time stay in the order in which they came. Not safe to use from many threads.</summary>
/// <param name="capacity">How many lines are kept; the oldest go first.</param>
internal sealed class ConsoleLineBuffer(int capacity)
{
    private readonly List<Entry> _entries = [];
    private int _first;

    public int Count => _entries.Count - _first;

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="source">Where it comes from, if from a source that can be read again.</param>
    public void Add(ConsoleLine line, IConsoleLogSource? source = null)
    {
        var time = line.Timestamp ?? (Count > 0 ? _entries[^1].Time : DateTime.MinValue);
        var index = _entries.Count;
        while (index > _first && _entries[index - 1].Time > time)
            index--;
        _entries.Insert(index, new Entry(time, line, source));

        if (Count <= capacity)
            return;
        _entries[_first++] = default;
        if (_first > capacity)
        {
            _entries.RemoveRange(0, _first);
            _first = 0;
        }
    }

    public void Clear()
    {
        _entries.Clear();
        _first = 0;
    }

    /// <summary>The lines, but for those of some sources.</summary>
    public IReadOnlyList<ConsoleLine> Lines(IReadOnlyCollection<IConsoleLogSource>? except = null)
        => [.. _entries.Skip(_first).Where(e => e.Source is null || except is null || !except.Contains(e.Source)).Select(e => e.Line)];

    private readonly record struct Entry(DateTime Time, ConsoleLine Line, IConsoleLogSource? Source);
}
