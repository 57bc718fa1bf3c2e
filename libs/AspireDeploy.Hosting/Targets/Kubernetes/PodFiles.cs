using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>The files that come with a workload: one ConfigMap, each of its keys mounted where the file belongs.</summary>
internal static class PodFiles
{
    internal const string VolumeName = "files";

    /// <summary>Gets what a ConfigMap may hold in all.</summary>
    internal const int MostBytes = 1 << 20;

    internal static YamlMap? Generator(Workload workload) =>
        workload.Files.IsEmpty
            ? null
            : new()
            {
                { "name", KubernetesNames.FilesOf(workload) },
                { "files", new YamlList(workload.Files.Select((file, index) => $"{KeyOf(file, index)}={PathOf(workload, file, index)}")) },
                { "options", Kustomization.FixedNameFor(workload) },
            };

    internal static YamlMap? Volume(Workload workload)
    {
        if (workload.Files.IsEmpty)
            return null;
        var items = new YamlList();
        for (var i = 0; i < workload.Files.Count; i++)
        {
            var key = KeyOf(workload.Files[i], i);
            // 0755 for what may be run.
            items.Add(
                new YamlMap
                {
                    { "key", key },
                    { "path", key },
                    { "mode", workload.Files[i].Executable ? 493 : null },
                }
            );
        }
        return new()
        {
            { "name", VolumeName },
            {
                "configMap",
                new YamlMap
                {
                    { "name", KubernetesNames.FilesOf(workload) },
                    { "defaultMode", 292 },
                    { "items", items },
                }
            },
        };
    }

    internal static IEnumerable<YamlMap> MountsOf(Workload workload) =>
        workload.Files.Select(
            static (file, index) =>
                new YamlMap
                {
                    { "name", VolumeName },
                    { "mountPath", file.Path },
                    { "subPath", KeyOf(file, index) },
                    { "readOnly", true },
                }
        );

    internal static IEnumerable<PublishedFile> Write(Workload workload) =>
        workload.Files.Select(
            (file, index) =>
                new PublishedFile(PathOf(workload, file, index), file.Content)
                {
                    Mode = file.Executable ? PublishedFileMode.Executable : PublishedFileMode.Readable,
                }
        );

    private static string PathOf(Workload workload, ContentFile file, int index) => $"{workload.Label}/files/{KeyOf(file, index)}";

    // A key has neither slashes nor blanks; the number keeps two of one name apart.
    private static string KeyOf(ContentFile file, int index)
    {
        var name = string.Concat(
            file.Path[(file.Path.LastIndexOf('/') + 1)..]
                .Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '-')
        );
        return string.Create(CultureInfo.InvariantCulture, $"{index}-{name}");
    }
}
