using System.Text;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>Describes what a container mounts: volumes, and files of the solution, which come with the deployment.</summary>
/// <param name="Volumes">Its volumes.</param>
/// <param name="Files">Its files.</param>
internal sealed record MountReading(EquatableArray<VolumeMount> Volumes, EquatableArray<ContentFile> Files)
{
    // Docker keeps a stack's files in its own database, which takes half a megabyte for one.
    internal const int MostBytes = 500_000;

    internal static MountReading Read(
        IResource resource,
        PlanningOptions options,
        VolumeNames names,
        WellKnownImage? server,
        Findings findings
    )
    {
        var volumes = new List<VolumeMount>();
        var files = new List<ContentFile>();
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            if (mount.Type == ContainerMountType.Volume)
                volumes.Add(new(names.Of(resource, mount), mount.Target, mount.IsReadOnly));
            else if (VolumeInPlaceOf(resource, mount, options, names, server, findings) is { } volume)
                volumes.Add(volume);
            else
                files.AddRange(FilesOf(resource, mount, options, findings));
        }
        return new(volumes.ToEquatableArray(), files.ToEquatableArray());
    }

    // A folder that is there to be written, and has no files of the solution, holds data: deployed, that is a volume's.
    private static VolumeMount? VolumeInPlaceOf(
        IResource resource,
        ContainerMountAnnotation mount,
        PlanningOptions options,
        VolumeNames names,
        WellKnownImage? server,
        Findings findings
    )
    {
        if (mount.IsReadOnly || mount.Source is null || IsOfTheMachine(mount.Source))
            return null;
        var isData = mount.Target == server?.DataPath || mount.Target == server?.OtherDataPath;
        var isElsewhere = IsOutside(Inside(mount.Source, options)) && !options.Files.IsFile(Path.GetFullPath(mount.Source));
        if (!isData && !isElsewhere && options.Files.Under(Path.GetFullPath(mount.Source)).Count > 0)
            return null;
        findings.Weaken(
            resource,
            Concept.Data,
            $"{mount.Source} at {mount.Target}",
            $"A volume is mounted at {mount.Target}, empty at first, in place of this machine's folder {Inside(mount.Source, options)}",
            "declare WithVolume or WithDataVolume"
        );
        return new(names.Of(resource, new ContainerMountAnnotation(null, mount.Target, ContainerMountType.Volume, false)), mount.Target);
    }

    // Its sockets, devices and settings, which no other machine has as they are here.
    private static bool IsOfTheMachine(string path) =>
        MachineFolders.Any(folder => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal));

    private static EquatableArray<string> MachineFolders { get; } =
    ["/dev", "/etc", "/proc", "/run", "/sys", "/usr", "/var/lib", "/var/run"];

    private static string Inside(string source, PlanningOptions options) =>
        Path.GetRelativePath(options.SolutionDirectory, Path.GetFullPath(source)).Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsOutside(string inside) =>
        inside == ".." || inside.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(inside);

    private static IEnumerable<ContentFile> FilesOf(
        IResource resource,
        ContainerMountAnnotation mount,
        PlanningOptions options,
        Findings findings
    )
    {
        var source = Path.GetFullPath(mount.Source!);
        var (inside, declared) = (Inside(source, options), $"{mount.Source} at {mount.Target}");
        if (IsOutside(inside))
        {
            findings.Lose(
                resource,
                Concept.Files,
                declared,
                $"{source} is outside {options.SolutionDirectory}, whose files come with the deployment, and so on no other machine",
                "put it there, or use a volume (WithVolume)"
            );
            yield break;
        }
        var files = options.Files.Under(source);
        // A link may lead to where nothing was meant to be published from.
        if (
            files
                .Where(file =>
                    IsOutside(
                        Path.GetRelativePath(options.Files.Target(options.SolutionDirectory), options.Files.Target(file))
                            .Replace(Path.DirectorySeparatorChar, '/')
                    )
                )
                .Select(file => Inside(file, options))
                .FirstOrDefault() is
            { } link
        )
        {
            findings.Lose(
                resource,
                Concept.Files,
                declared,
                $"{link} is a link that leads out of the solution",
                "put a file in its place, or take it away"
            );
            yield break;
        }
        if (files.Select(file => Inside(file, options)).Where(IsPrivate).ToList() is { Count: > 0 } secrets)
        {
            findings.Weaken(
                resource,
                Concept.Files,
                declared,
                $"{string.Join(", ", secrets.Take(3))}{(secrets.Count > 3 ? $" and {secrets.Count - 3} more" : "")} would be "
                    + $"published as {(secrets.Count > 1 ? "they are" : "it is")}, for everybody who reads what is published",
                "mount a folder without secrets, and give each as a secret parameter (WithSecretAsFile)"
            );
        }
        if (files.Count == 0)
            findings.Lose(resource, Concept.Files, declared, $"There is no file {inside}", "put it there, or take the mount away");
        if (!mount.IsReadOnly && files.Count > 0)
            findings.Weaken(
                resource,
                Concept.Files,
                declared,
                $"{inside} comes with the deployment as a copy at {mount.Target} that can't be written",
                "say so with isReadOnly: true, or use a volume (WithVolume)"
            );
        foreach (var file in files)
        {
            var target =
                file == source
                    ? mount.Target
                    : $"{mount.Target.TrimEnd('/')}/{Path.GetRelativePath(source, file).Replace(Path.DirectorySeparatorChar, '/')}";
            if (TextOf(options.Files.Read(file)) is { } text)
                yield return new(target, text, options.Files.IsExecutable(file));
            else
                findings.Lose(
                    resource,
                    Concept.Files,
                    declared,
                    $"{Path.GetRelativePath(options.SolutionDirectory, file)} isn't text of at most {MostBytes / 1000} kB",
                    "put it into an image"
                );
        }
    }

    // By their names: what people and tools keep secrets in.
    private static bool IsPrivate(string path) =>
        path.Split('/') is var parts
        && (
            parts.Contains(".git")
            || parts.Contains(".ssh")
            || parts[^1] is ".env" or ".netrc" or ".npmrc" or ".pgpass"
            || parts[^1].StartsWith(".env.", StringComparison.Ordinal)
            || parts[^1].StartsWith("id_", StringComparison.Ordinal)
            || Path.GetExtension(parts[^1]) is ".key" or ".pem" or ".pfx" or ".p12"
        );

    internal static string? TextOf(byte[] bytes)
    {
        if (bytes.Length > MostBytes || bytes.Contains((byte)0))
            return null;
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
