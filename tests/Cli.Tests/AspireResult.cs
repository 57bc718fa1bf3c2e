using System.Text.Json.Nodes;

namespace Cli.Tests;

/// <summary>Describes how the command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">The lines of its standard output.</param>
/// <param name="Errors">The lines of its standard error.</param>
public sealed record AspireResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    /// <summary>Gets all that it wrote.</summary>
    public string Everything => string.Join(Environment.NewLine, Output.Concat(Errors));

    /// <summary>Gets its output as JSON. Before it the command says what it does.</summary>
    public JsonNode Json => JsonNode.Parse(string.Join('\n', Output.SkipWhile(line => line is not ("{" or "[" or "[]"))))!;
}
