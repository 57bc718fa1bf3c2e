using System.Diagnostics.CodeAnalysis;

namespace AspireDeploy.Engines;

/// <summary>The end of a search for a tool: the tool, or one line that says what is missing and what mends it.</summary>
internal sealed record ToolSearch<T>(T? Tool, string? Error)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Tool))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsFound => Tool is not null;

    public static ToolSearch<T> Found(T tool) => new(tool, null);

    public static ToolSearch<T> Missing(string error) => new(null, error);
}
