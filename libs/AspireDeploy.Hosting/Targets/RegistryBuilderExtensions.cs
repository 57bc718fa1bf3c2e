using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Targets;

namespace Aspire.Hosting;

/// <summary>Declares where a target's images come from.</summary>
public static partial class RegistryBuilderExtensions
{
    /// <summary>
    /// Pushes projects' images to a registry when deploying, for the machines of the target to pull them from. Log in beforehand (<c>docker login</c>). Without it they stay on this machine, which is
    /// enough where the target is this machine.
    /// </summary>
    /// <typeparam name="T">The target's type.</typeparam>
    /// <param name="builder">The target.</param>
    /// <param name="registry">The registry, with a path if it has one: <c>ghcr.io/acme</c>, <c>localhost:5000</c>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">It isn't a registry.</exception>
    public static IResourceBuilder<T> PushImagesTo<T>(this IResourceBuilder<T> builder, string registry) where T : TargetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (registry is null || !Registry().IsMatch(registry))
            throw DeclarationMistake.At($"{builder.Resource.Name}.registry", $"\"{registry}\" is not a registry; write one like ghcr.io/acme or localhost:5000, in lower case, without scheme, tag or a slash at its end");
        builder.Resource.Registry = registry;
        return builder;
    }

    // Host, port and path as image references have them. (https://pkg.go.dev/github.com/distribution/reference)
    [GeneratedRegex(@"\A(localhost|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)(:[0-9]{1,5})?(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Registry();
}
