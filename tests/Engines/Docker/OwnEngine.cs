namespace AspireDeploy.Engines.Docker;

/// <summary>The parts of an engine that the tests have started themselves.</summary>
internal sealed record OwnEngine(EngineSlot Slot, ImageRegistry Registry, DockerDaemon Daemon, DockerClient Client) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Removes containers, volumes, networks, and the images that tests have made.</summary>
    /// <returns>Whether all that is left is what the engine has pulled.</returns>
    public async Task<bool> EmptyAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            // Fails where there is no swarm.
            await Client.TryRunAsync(["swarm", "leave", "--force"], "/", limit.Token);
            await RemoveAsync(["container", "ls", "--all", "--quiet", "--no-trunc"], ["container", "rm", "--force", "--volumes"]);
            await RemoveAsync(["volume", "ls", "--quiet"], ["volume", "rm", "--force"]);
            await Client.RunAsync(["network", "prune", "--force"], "/", limit.Token);
            var names = ImageStore
                .Images.SelectMany(image => image.Names)
                .Select(name => name.Replace("library/", "", StringComparison.Ordinal))
                .ToHashSet();
            await RemoveAsync(["image", "ls", "--all", "--format", "{{.Repository}}:{{.Tag}}"], ["image", "rm", "--force"], name =>
                !names.Contains(name) && !name.Contains('<', StringComparison.Ordinal)
            );
            await Client.RunAsync(["image", "prune", "--force"], "/", limit.Token);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or OperationCanceledException)
        {
            return false;
        }

        async Task RemoveAsync(IReadOnlyList<string> list, IReadOnlyList<string> remove, Func<string, bool>? which = null)
        {
            var found = (await Client.RunAsync(list, "/", limit.Token))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(which ?? (_ => true))
                .ToList();
            if (found.Count > 0)
                await Client.RunAsync([.. remove, .. found], "/", limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        await Registry.StopAsync();
        Registry.Dispose();
        Slot.Dispose();
    }
}
