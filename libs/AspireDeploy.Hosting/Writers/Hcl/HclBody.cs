using System.Collections;

namespace AspireDeploy.Writers.Hcl;

/// <summary>Describes what is in a file or a block: attributes and blocks, in the order in which they were added.</summary>
internal sealed class HclBody : IEnumerable<HclEntry>
{
    private readonly List<HclEntry> _entries = [];

    /// <summary>Gets how many entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Adds an attribute, or nothing when there is no value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A text, a template, a number, a truth value, a list of these, or a map of them; null adds nothing.</param>
    /// <param name="comment">What stands above it, if anything.</param>
    public void Add(string name, object? value, string? comment = null)
    {
        if (value is not null)
            _entries.Add(new HclArgument(name, value) { Comment = comment });
    }

    /// <summary>Adds a block, or nothing when there is none.</summary>
    /// <param name="type">Its type and labels: <c>task "api"</c> is <c>["task", "api"]</c>.</param>
    /// <param name="body">What is in it; null adds nothing.</param>
    /// <param name="comment">What stands above it, if anything.</param>
    public void Add(string[] type, HclBody? body, string? comment = null)
    {
        if (body is not null)
            _entries.Add(new HclBlock(type, body) { Comment = comment });
    }

    /// <summary>Adds an entry as it is.</summary>
    public void Add(HclEntry entry) => _entries.Add(entry);

    /// <inheritdoc />
    public IEnumerator<HclEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Something in a body: <see cref="HclArgument"/> or <see cref="HclBlock"/>.</summary>
internal abstract record HclEntry
{
    /// <summary>Gets what stands above it as a comment, lines parted by <c>\n</c>; null: nothing.</summary>
    public string? Comment { get; init; }
}

/// <summary>A name with a value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">A text, a template, a number, a truth value, a list of these, or a map of them.</param>
internal sealed record HclArgument(string Name, object Value) : HclEntry;

/// <summary>A value that the engine knows when it reads the file.</summary>
/// <param name="Name">What it is called: <c>node.unique.id</c>.</param>
internal sealed record HclInterpolation(string Name);

/// <summary>A text in which the engine fills in what stands between <c>${</c> and <c>}</c>.</summary>
/// <param name="Text">The text.</param>
internal sealed record HclTemplate(string Text);

/// <summary>A block.</summary>
/// <param name="Type">Its type, then its labels.</param>
/// <param name="Body">What is in it.</param>
internal sealed record HclBlock(IReadOnlyList<string> Type, HclBody Body) : HclEntry;
