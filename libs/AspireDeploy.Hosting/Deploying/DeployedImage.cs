using System.Text.Json.Nodes;
using Aspire.Hosting;
using AspireDeploy.Model;

namespace AspireDeploy.Deploying;

/// <summary>
/// Gives a built image a tag that tells its content, so that a deployment of what hasn't changed changes nothing, and sees to it that what
/// runs it can get it.
/// </summary>
internal sealed class DeployedImage(ICommands commands)
{
    /// <summary>Returns the image under the name that it is deployed by; nothing is changed by asking.</summary>
    /// <param name="built">The image as it was built.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The image, and whether it is there already: on this machine, or where a registry is given, in that, by the digest that it
    /// has there.</returns>
    /// <exception cref="DistributedApplicationException">Docker says no.</exception>
    internal async Task<(BuiltImage Image, bool IsThere)> FindAsync(BuiltImage built, CancellationToken cancellationToken)
    {
        var image = built with { Tag = $"{built.Tag}-{await ContentOfAsync(built, cancellationToken)}" };
        if (image.Registry is null)
            return (image, await SucceedsAsync(["image", "inspect", image.ToString()], cancellationToken));
        return await SucceedsAsync(["manifest", "inspect", "--insecure", image.ToString()], cancellationToken)
            ? (await WithDigestAsync(image, cancellationToken), true)
            : (image, false);
    }

    /// <summary>Tags a built image, and pushes it where a registry is given.</summary>
    /// <param name="built">The image as it was built.</param>
    /// <param name="image">What <see cref="FindAsync"/> made of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The image, with its digest if it was pushed.</returns>
    /// <exception cref="DistributedApplicationException">Docker says no.</exception>
    internal async Task<BuiltImage> ProvideAsync(BuiltImage built, BuiltImage image, CancellationToken cancellationToken)
    {
        await DockerAsync(["image", "tag", built.BuiltName, image.ToString()], cancellationToken);
        if (image.Registry is null)
            return image;
        await DockerAsync(["image", "push", "--quiet", image.ToString()], cancellationToken);
        return await WithDigestAsync(image, cancellationToken);
    }

    // An index of several platforms has no digest of its own here: its tag has to do.
    private async Task<BuiltImage> WithDigestAsync(BuiltImage image, CancellationToken cancellationToken)
    {
        var manifest = JsonNode.Parse(
            await DockerAsync(["manifest", "inspect", "--insecure", "--verbose", image.ToString()], cancellationToken)
        );
        return image with { Digest = manifest is JsonObject ? (string?)manifest["Descriptor"]?["digest"] : null };
    }

    private async Task<string> ContentOfAsync(BuiltImage built, CancellationToken cancellationToken)
    {
        var image = built.BuiltName;
        var inspected = await DockerAsync(["image", "inspect", image], cancellationToken);
        if (built is not ProjectImage)
            return ImageContent.Digest(inspected);
        var container = (await DockerAsync(["container", "create", image], cancellationToken)).Trim();
        try
        {
            return await commands.ReadAsync(
                ["docker", "container", "cp", $"{container}:{ImageContent.Directory}", "-"],
                (archive, token) => ImageContent.DigestAsync(inspected, archive, token),
                cancellationToken
            );
        }
        finally
        {
            await SucceedsAsync(["container", "rm", container], CancellationToken.None);
        }
    }

    private Task<string> DockerAsync(string[] arguments, CancellationToken cancellationToken) =>
        commands.ReadAsync(
            ["docker", .. arguments],
            static async (output, token) =>
            {
                using var reader = new StreamReader(output);
                return await reader.ReadToEndAsync(token);
            },
            cancellationToken
        );

    private async Task<bool> SucceedsAsync(string[] arguments, CancellationToken cancellationToken) =>
        await commands.RunAsync(["docker", .. arguments], Environment.CurrentDirectory, static (_, _) => { }, cancellationToken) == 0;
}
