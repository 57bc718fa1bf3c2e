using Aspire.Hosting;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>Names the directories of data that goes with its run, and removes those of runs that died suddenly.</summary>
internal static class ThrowAwayDirectories
{
    private const string Name = "throw-away";

    /// <summary>Returns the directory that they are all in.</summary>
    public static string Root(ToolEnvironment environment) => Path.Combine(DataHome.Root(environment), Name);

    /// <summary>Returns a name that nobody can guess, and that tells the kind of server.</summary>
    public static string NewName(string kind) => $"{kind}-{Guid.NewGuid():N}";

    /// <summary>Removes what dead runs have left of one kind of server.</summary>
    /// <param name="environment">Where data is kept.</param>
    /// <param name="program">The kind of server.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task SweepAsync(ToolEnvironment environment, IServerProgram program, CancellationToken cancellationToken)
    {
        var root = Root(environment);
        if (!PrivateDirectory.IsOurs(root))
        {
            return;
        }

        foreach (var directory in Directory.GetDirectories(root, $"{program.Kind}-*").Where(PrivateDirectory.IsOurs))
        {
            try
            {
                if (DataDirectory.Abandoned(directory) is { } abandoned)
                {
                    await using (abandoned.ConfigureAwait(false))
                    {
                        await program.RemoveAbandonedAsync(environment, abandoned.Path, cancellationToken).ConfigureAwait(false);
                    }
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or DistributedApplicationException)
            {
                // Somebody else's, or still busy: another run's concern.
            }
        }
    }
}
