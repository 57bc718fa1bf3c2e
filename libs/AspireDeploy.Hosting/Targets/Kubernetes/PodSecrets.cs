using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// The secrets of a workload's pods: one Secret, made from files that <c>secrets.sh</c> composes, mounted where its process looks for them.
/// </summary>
internal static class PodSecrets
{
    internal const string VolumeName = "secrets";

    /// <summary>Returns what is in the Secret, by key: files, and variables that can be nothing else.</summary>
    internal static IEnumerable<(string Key, Template Content)> KeysOf(Workload workload) =>
        Secrets
            .FilesOf(workload)
            .Select(static secret => (KeyOf(secret), secret.Content))
            .Concat(Secrets.UndeliverableOf(workload).Select(static variable => (KeyOf(variable), variable.Value)));

    /// <summary>Returns the files that <c>secrets.sh</c> composes.</summary>
    internal static IEnumerable<ComposedSecret> ComposedOf(Workload workload) =>
        KeysOf(workload).Select(key => new ComposedSecret($"{workload.Label}/{key.Key}", key.Content, null));

    /// <summary>Returns the generator of the Secret; null if the workload has none.</summary>
    internal static YamlMap? Generator(Workload workload)
    {
        var files = KeysOf(workload)
            .Select(static key => key.Key)
            .Order(StringComparer.Ordinal)
            .Select(key => $"{key}=secrets/mounted/{workload.Label}/{key}")
            .ToList();
        return files.Count == 0
            ? null
            : new()
            {
                { "name", KubernetesNames.SecretOf(workload) },
                { "type", "Opaque" },
                { "files", new YamlList(files) },
                { "options", Kustomization.FixedNameFor(workload) },
            };
    }

    internal static YamlMap? Volume(Workload workload)
    {
        var items = new YamlList();
        foreach (var secret in Secrets.FilesOf(workload))
            items.Add(new YamlMap { { "key", KeyOf(secret) }, { "path", InDirectory(secret) ? NameOf(secret) : KeyOf(secret) } });
        if (items.Count == 0)
            return null;
        return new()
        {
            { "name", VolumeName },
            // 0440: files are root's, and the pod's group may read them.
            {
                "secret",
                new YamlMap
                {
                    { "secretName", KubernetesNames.SecretOf(workload) },
                    { "defaultMode", 288 },
                    { "items", items },
                }
            },
        };
    }

    internal static IEnumerable<YamlMap> MountsOf(Workload workload)
    {
        var files = Secrets.FilesOf(workload);
        if (files.Any(InDirectory))
            yield return new()
            {
                { "name", VolumeName },
                { "mountPath", Secrets.Directory },
                { "readOnly", true },
            };
        foreach (var file in files.Where(static file => !InDirectory(file)))
            yield return new()
            {
                { "name", VolumeName },
                { "mountPath", file.Path },
                { "subPath", KeyOf(file) },
                { "readOnly", true },
            };
    }

    /// <summary>
    /// Returns the key of a variable that is a secret: its name, and where that can be none, such as <c>Payment:Key</c>, what is left of it
    /// with a hash.
    /// </summary>
    internal static string KeyOf(EnvironmentVariable variable) => KubernetesNames.KeyOf(variable.Name);

    private static bool InDirectory(MountedSecret secret) => secret.Path == $"{Secrets.Directory}/{NameOf(secret)}";

    private static string KeyOf(MountedSecret secret) => KubernetesNames.KeyOf(NameOf(secret));

    private static string NameOf(MountedSecret secret) =>
        (
            secret.Path.StartsWith(Secrets.Directory + "/", StringComparison.Ordinal)
                ? secret.Path[(Secrets.Directory.Length + 1)..]
                : secret.Path[1..]
        ).Replace('/', '-');
}
