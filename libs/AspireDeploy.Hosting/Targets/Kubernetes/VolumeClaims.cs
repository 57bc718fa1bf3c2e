using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Describes who claims which volume, and how. What one replica of one service mounts is its StatefulSet's own claim, which only one node
/// may mount (ReadWriteOnce); what several mount is a claim by itself that many nodes may (ReadWriteMany); a job's own is a claim by itself
/// that one may.
/// </summary>
internal sealed class VolumeClaims
{
    private readonly KubernetesOptions _options;
    private readonly Dictionary<string, List<Workload>> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Volume> _volumes;

    internal VolumeClaims(DeploymentPlan plan, KubernetesOptions options)
    {
        _options = options;
        _volumes = plan.Volumes.ToDictionary(static volume => volume.Name, StringComparer.Ordinal);
        foreach (var workload in plan.Workloads)
        {
            foreach (var mount in workload.Mounts)
            {
                if (!_users.TryGetValue(mount.Volume, out var users))
                    _users.Add(mount.Volume, users = []);
                if (!users.Contains(workload))
                    users.Add(workload);
            }
        }
    }

    /// <summary>Returns whether more than one replica mounts a volume.</summary>
    internal bool IsShared(string volume) => _users.TryGetValue(volume, out var users) && (users.Count > 1 || users[0].Scale.Maximum > 1);

    /// <summary>Returns who mounts a volume, by name.</summary>
    internal IReadOnlyList<Workload> UsersOf(string volume) => _users.GetValueOrDefault(volume) ?? [];

    /// <summary>Returns whether a workload has data of its own, and so is a StatefulSet.</summary>
    internal bool IsStatefulSet(Workload workload) => !workload.IsJob && workload.Mounts.Any(mount => !IsShared(mount.Volume));

    /// <summary>Returns the claims of a StatefulSet.</summary>
    internal YamlList TemplatesOf(Workload workload)
    {
        var list = new YamlList();
        foreach (var name in OwnedBy(workload))
            list.Add(
                new YamlMap
                {
                    {
                        "metadata",
                        new YamlMap { { "name", DnsLabel.From(name) } }
                    },
                    { "spec", Spec(_volumes[name], "ReadWriteOnce", _options.StorageClass) },
                }
            );
        return list;
    }

    /// <summary>Returns the volumes of a pod that are claims by themselves.</summary>
    internal IEnumerable<YamlMap> VolumesOf(Workload workload) =>
        workload
            .Mounts.Select(static mount => mount.Volume)
            .Distinct()
            .Where(volume => workload.IsJob || IsShared(volume))
            .Order(StringComparer.Ordinal)
            .Select(static volume => new YamlMap
            {
                { "name", DnsLabel.From(volume) },
                {
                    "persistentVolumeClaim",
                    new YamlMap { { "claimName", DnsLabel.From(volume) } }
                },
            });

    /// <summary>Returns the files of claims by themselves.</summary>
    internal IEnumerable<PublishedFile> Write(KubernetesFile file)
    {
        foreach (var volume in _volumes.Values.OrderBy(static volume => volume.Name, StringComparer.Ordinal))
        {
            var users = UsersOf(volume.Name);
            if (users.Count == 0 || !(IsShared(volume.Name) || users[0].IsJob))
                continue;
            var spec = IsShared(volume.Name)
                ? Spec(volume, "ReadWriteMany", _options.SharedStorageClass)
                : Spec(volume, "ReadWriteOnce", _options.StorageClass);
            var label = DnsLabel.From(volume.Name);
            yield return file.Write(
                "",
                $"{Folder}/{label}",
                "v1 PersistentVolumeClaim",
                label,
                new YamlMap { { "spec", spec } },
                $"Data of {string.Join(", ", users.Select(static user => user.Name))}. It outlives pods, updates and ./destroy.sh."
            );
        }
    }

    /// <summary>Gets the folder of claims by themselves.</summary>
    internal const string Folder = "claims";

    private IEnumerable<string> OwnedBy(Workload workload) =>
        workload.Mounts.Select(static mount => mount.Volume).Distinct().Where(volume => !IsShared(volume)).Order(StringComparer.Ordinal);

    private static YamlMap Spec(Volume volume, string access, string? storageClass) =>
        new()
        {
            {
                "accessModes",
                new YamlList([access]) { Flow = true }
            },
            { "storageClassName", storageClass },
            {
                "resources",
                new YamlMap
                {
                    {
                        "requests",
                        new YamlMap { { "storage", volume.Size.ToString() } }
                    },
                }
            },
        };
}
