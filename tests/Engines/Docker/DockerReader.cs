using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>Docker's client without an engine, which reads the files of Compose and of stacks and says what is wrong with them.</summary>
public static class DockerReader
{
    private const string NoEngine = "unix:///nonexistent/docker.sock";

    /// <summary>
    /// Runs <c>docker</c> with these arguments. The test is skipped, or fails, where there is no client: see <see cref="Engine.Missing"/>.
    /// </summary>
    /// <param name="directory">Where it runs.</param>
    /// <param name="arguments">What comes after <c>docker</c>.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public static async Task<DockerOutcome> TryRunAsync(
        string directory,
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken
    )
    {
        var environment = ToolEnvironment.ForProcess();
        var search = DockerPrograms.Find(environment, ToolCache.In(environment));
        if (!search.IsFound)
            Engine.Missing(search.Error);
        var own = Directory.CreateTempSubdirectory("aspiredeploy-docker-client-");
        try
        {
            return await new DockerClient(
                search.Tool.Client,
                DockerClient.Variables(search.Tool, environment, NoEngine, "", own.FullName)
            ).TryRunAsync(arguments, directory, cancellationToken);
        }
        finally
        {
            own.Delete(recursive: true);
        }
    }
}
