using System.Text;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>What a container mounts: volumes, and files of the solution, which come with the deployment.</summary>
/// <param name="Volumes">Its volumes.</param>
/// <param name="Files">Its files.</param>
internal sealed record MountReading(EquatableArray<VolumeMount> Volumes, EquatableArray<ContentFile> Files)
{
    // Docker keeps a stack's files in its own database, which takes half a megabyte for one.
    private const int MostBytes = 500_000;

    internal static MountReading Of(IResource resource, PlanningOptions options, VolumeNames names, List<PlanError> errors)
    {
        var volumes = new List<VolumeMount>();
        var files = new List<ContentFile>();
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            if (mount.Type == ContainerMountType.Volume) volumes.Add(new(names.Of(resource, mount), mount.Target, mount.IsReadOnly));
            else files.AddRange(FilesOf(resource, mount, options, errors));
        }
        return new(volumes.ToEquatableArray(), files.ToEquatableArray());
    }

    private static IEnumerable<ContentFile> FilesOf(IResource resource, ContainerMountAnnotation mount, PlanningOptions options, List<PlanError> errors)
    {
        var path = $"{resource.Name}.mounts.{mount.Target}";
        var source = Path.GetFullPath(mount.Source!);
        var inside = Path.GetRelativePath(options.SolutionDirectory, source);
        if (inside == ".." || inside.StartsWith("../", StringComparison.Ordinal) || inside.StartsWith("..\\", StringComparison.Ordinal) || Path.IsPathRooted(inside))
        {
            errors.Add(new(path, $"mounts {source}, which is outside the solution and so on no other machine; put it into the solution, or use a volume (WithVolume)"));
            yield break;
        }
        if (!mount.IsReadOnly)
        {
            errors.Add(new(path, $"mounts {inside} to be written, and a deployment brings copies; mount it with isReadOnly: true, or use a volume (WithVolume)"));
            yield break;
        }
        var files = options.Files.Under(source);
        if (files.Count == 0) errors.Add(new(path, $"mounts {inside}, and there is no file"));
        foreach (var file in files)
        {
            var target = file == source ? mount.Target : $"{mount.Target.TrimEnd('/')}/{Path.GetRelativePath(source, file).Replace(Path.DirectorySeparatorChar, '/')}";
            if (TextOf(options.Files.Read(file)) is { } text) yield return new(target, text, options.Files.IsExecutable(file));
            else errors.Add(new(path, $"mounts {Path.GetRelativePath(options.SolutionDirectory, file)}, which isn't text of at most {MostBytes / 1000} kB; put it into an image"));
        }
    }

    private static string? TextOf(byte[] bytes)
    {
        if (bytes.Length > MostBytes || bytes.Contains((byte)0)) return null;
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
