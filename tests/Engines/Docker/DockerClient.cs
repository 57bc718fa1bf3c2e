using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>Describes how a command of Docker's ended.</summary>
/// <param name="ExitCode">0 if it did what it was told.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
public sealed record DockerOutcome(int ExitCode, string Output, string Errors);

/// <summary>Docker's command line, bound to one engine.</summary>
internal sealed class DockerClient(string program, IReadOnlyDictionary<string, string> variables)
{
    /// <summary>
    /// Returns what a client of an engine of our own has in its environment: the engine, the programs first on its path, and a
    /// configuration that is nobody else's.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Variables(
        DockerPrograms programs,
        ToolEnvironment environment,
        string host,
        string registry,
        string directory
    )
    {
        var configuration = Path.Combine(directory, "client");
        Directory.CreateDirectory(configuration);
        File.WriteAllText(Path.Combine(configuration, "config.json"), $$"""{ "cliPluginsExtraDirs": ["{{programs.ClientPlugins}}"] }""");
        return new Dictionary<string, string>
        {
            ["DOCKER_HOST"] = host,
            ["DOCKER_CONFIG"] = configuration,
            ["PATH"] = programs.SearchPath(environment),
            // The SDK's container publish, too, is to speak plain HTTP with it.
            ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry,
        };
    }

    public async Task<DockerOutcome> TryRunAsync(IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        var outcome = await OneShot.RunAsync(new(program, arguments, directory, variables), "", cancellationToken);
        return new(outcome.ExitCode, outcome.Output, outcome.Errors);
    }

    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        var outcome = await TryRunAsync(arguments, directory, cancellationToken);
        return outcome.ExitCode == 0
            ? outcome.Output
            : throw new InvalidOperationException(
                $"'docker {string.Join(' ', arguments)}' ended with {outcome.ExitCode}: {outcome.Errors.Trim()} {outcome.Output.Trim()}"
            );
    }
}
