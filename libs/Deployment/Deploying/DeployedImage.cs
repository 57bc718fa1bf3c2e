using Aspire.Hosting;

namespace AspireDeploy.Deploying;

/// <summary>Gives a built image a tag that tells its content, so that a deployment of what hasn't changed changes nothing.</summary>
internal sealed class DeployedImage(ICommands commands)
{
    /// <summary>Tags an image, and pushes it if a registry is given.</summary>
    /// <param name="built">The image as it was built: <c>shop-api:1.0.0</c>.</param>
    /// <param name="registry">Where it is pushed; null: nowhere.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it is called now, and whether it is new.</returns>
    /// <exception cref="DistributedApplicationException">Docker says no.</exception>
    internal async Task<(string Name, bool IsNew)> TagAsync(string built, string? registry, CancellationToken cancellationToken)
    {
        var name = $"{(registry is null ? "" : registry + "/")}{built}-{await ContentOfAsync(built, cancellationToken)}";
        string[] known = registry is null ? ["image", "inspect", name] : ["manifest", "inspect", "--insecure", name];
        if (await SucceedsAsync(known, cancellationToken)) return (name, false);
        await DockerAsync(["image", "tag", built, name], cancellationToken);
        if (registry is not null) await DockerAsync(["image", "push", "--quiet", name], cancellationToken);
        return (name, true);
    }

    private async Task<string> ContentOfAsync(string image, CancellationToken cancellationToken)
    {
        var inspected = await DockerAsync(["image", "inspect", image], cancellationToken);
        var container = (await DockerAsync(["container", "create", image], cancellationToken)).Trim();
        try
        {
            return await commands.ReadAsync(["docker", "container", "cp", $"{container}:{ImageContent.Directory}", "-"], (archive, token) => ImageContent.DigestAsync(inspected, archive, token), cancellationToken);
        }
        finally
        {
            await SucceedsAsync(["container", "rm", container], CancellationToken.None);
        }
    }

    private Task<string> DockerAsync(string[] arguments, CancellationToken cancellationToken) => commands.ReadAsync(["docker", .. arguments], static async (output, token) =>
    {
        using var reader = new StreamReader(output);
        return await reader.ReadToEndAsync(token);
    }, cancellationToken);

    private async Task<bool> SucceedsAsync(string[] arguments, CancellationToken cancellationToken) =>
        await commands.RunAsync(["docker", .. arguments], Environment.CurrentDirectory, static (_, _) => { }, cancellationToken) == 0;
}
