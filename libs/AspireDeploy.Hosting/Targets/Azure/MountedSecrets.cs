using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Describes where a container's secret files are on Azure: not under <c>/run/secrets</c>, since a mount of a service account's token under
/// <c>/var/run/secrets</c>, which is the same directory, can't be made
/// inside a volume that can't be written. (https://github.com/kubernetes/kubernetes/issues/72261)
/// </summary>
internal static class MountedSecrets
{
    /// <summary>Gets the directory.</summary>
    internal const string Directory = "/mnt/secrets";

    /// <summary>Returns the workload's secret files, where they are.</summary>
    internal static IEnumerable<MountedSecret> FilesOf(Workload workload) =>
        Secrets.FilesOf(workload).Select(static file => file with { Path = PathOf(file.Path) });

    /// <summary>Returns what tells the workload the directory; null: it needs no telling.</summary>
    internal static (string Name, string Value)? SettingOf(Workload workload) =>
        workload.Environment.Any(static variable => variable is { HoldsSecret: true, SecretAs: FileNamedAsSetting })
            ? (FileNamedAsSetting.DirectoryVariable, Directory)
            : null;

    /// <summary>Returns an argument that names secret files, by the paths that they have.</summary>
    internal static Template In(Workload workload, Template argument)
    {
        return Template.Create([.. argument.Parts.Select(part => part is Literal literal ? new Literal(Moved(literal.Text)) : part)]);

        string Moved(string text) =>
            workload.SecretFiles.Aggregate(text, static (moved, file) =>
                moved.Replace(file.Path, PathOf(file.Path), StringComparison.Ordinal)
            );
    }

    private static string PathOf(string path) =>
        path.StartsWith(Secrets.Directory + "/", StringComparison.Ordinal) ? Directory + path[Secrets.Directory.Length..] : path;
}
