using System.Collections.Concurrent;
using AspireDeploy.Deploying;

namespace AspireDeploy.Tests.Deploying;

/// <summary>This machine's programs with variables of the test's own, and what they said.</summary>
internal sealed class RecordedCommands(params string[] variables) : ICommands
{
    private readonly Commands _commands = new();
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Gets every line, of its output or its errors, and what was run before it.</summary>
    internal string Output => string.Join('\n', _lines);

    public Task<int> RunAsync(
        IReadOnlyList<string> command,
        string directory,
        Action<string, bool>? output,
        CancellationToken cancellationToken
    )
    {
        _lines.Enqueue($"$ {string.Join(' ', command)}");
        return _commands.RunAsync(
            ["env", .. variables, .. command],
            directory,
            output is null
                ? null
                : (line, isError) =>
                {
                    _lines.Enqueue(line);
                    output(line, isError);
                },
            cancellationToken
        );
    }

    public Task<T> ReadAsync<T>(
        IReadOnlyList<string> command,
        Func<Stream, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    ) => _commands.ReadAsync(["env", .. variables, .. command], read, cancellationToken);
}
