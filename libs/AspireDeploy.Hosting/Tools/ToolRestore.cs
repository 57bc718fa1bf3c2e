using Aspire.Hosting;

namespace AspireDeploy.Tools;

/// <summary>
/// Fetches a tool into the cache, once per machine and version. It is prepared beside its place and renamed, so that a cached directory
/// is always whole.
/// </summary>
internal sealed class ToolRestore(ToolCache cache)
{
    // Longer than fetching over a slow line takes.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(15);

    /// <summary>Fetches what is missing; other processes that want it meanwhile wait for this one.</summary>
    /// <param name="directory">The tool's directory in the cache.</param>
    /// <param name="prepareAsync">Prepares the tool in the staging directory, and returns the directory that is to take its place.</param>
    /// <param name="cancellationToken">Ends the wait or the fetching.</param>
    /// <exception cref="DistributedApplicationException">The cache can't be written, or the tool can't be fetched.</exception>
    public async Task EnsureAsync(
        string directory,
        Func<Staging, CancellationToken, Task<string>> prepareAsync,
        CancellationToken cancellationToken
    )
    {
        if (Directory.Exists(directory))
        {
            return;
        }

        try
        {
            ReadableDirectory.Create(cache.Root);
            using var held = await FileLock.TakeAsync(Path.Combine(cache.Root, ".lock"), Timeout, cancellationToken).ConfigureAwait(false)
                ?? throw new IOException($"another process has held its lock for {Timeout.TotalMinutes:0} minutes");
            if (Directory.Exists(directory))
            {
                return;
            }

            using var staging = Staging.Create(cache.Root);
            var prepared = await prepareAsync(staging, cancellationToken).ConfigureAwait(false);
            await Staging.PublishAsync(prepared, directory).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"The tool cache {cache.Root} can't be written ({failure.Message.TrimEnd('.')}): set "
                    + $"{ToolCache.RootVariable} to a directory of yours.",
                failure
            );
        }
    }
}
