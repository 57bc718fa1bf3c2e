using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Describes who a container's process is. Container Apps has no setting for it: a container begins as the user that its image names. The
/// images of known servers name root, and their entry point becomes the server's own user if what it starts is that server.
/// (https://github.com/docker-library/official-images#consistency)
/// </summary>
internal static class ContainerUser
{
    /// <summary>Returns whether a container begins as root, as the images of servers do that have an entry point of that kind.</summary>
    internal static bool BeginsAsRoot(Workload workload) => Known(workload) is { Entrypoint: ["docker-entrypoint.sh"] };

    /// <summary>Returns whether a process that begins as root becomes the declared user before it serves.</summary>
    internal static bool IsGivenUp(Workload workload) =>
        BeginsAsRoot(workload)
        && (workload.Entrypoint.IsEmpty || workload.Entrypoint[0] == "docker-entrypoint.sh" || workload.Arguments != Arguments(workload));

    /// <summary>
    /// Returns the user that a container's image is known to run its process as, by itself or by its entry point; null: nothing is known of
    /// it.
    /// </summary>
    internal static int? Own(Workload workload) =>
        workload.Image is ProjectImage ? Isolation.DotNetUser : Known(workload)?.Isolation.UserId;

    /// <summary>
    /// Returns the arguments with a server that a shell starts started by its image's entry point instead, which gives up root.
    /// </summary>
    internal static EquatableArray<Template> Arguments(Workload workload)
    {
        if (workload.Entrypoint.IsEmpty || !BeginsAsRoot(workload) || Known(workload) is not { Command.IsEmpty: false } known)
            return workload.Arguments;
        var start = $"exec {known.Command[0]}";
        return [.. workload.Arguments.Select(Started)];

        Template Started(Template argument)
        {
            if (argument.Parts is not [Literal { Text: var text }, ..])
                return argument;
            return text == start || text.StartsWith(start + " ", StringComparison.Ordinal)
                ? Template.Create([new Literal($"exec {known.Entrypoint[0]} {text["exec ".Length..]}"), .. argument.Parts.Skip(1)])
                : argument;
        }
    }

    private static WellKnownImage? Known(Workload workload) => workload.Image is ImageReference image ? WellKnownImages.Find(image) : null;
}
