using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The files of a container and where they come from: secrets of the app, each a file of a volume at the directory it belongs in, and Azure
/// Files for data. (https://learn.microsoft.com/azure/container-apps/manage-secrets,
/// https://learn.microsoft.com/azure/container-apps/storage-mounts)
/// </summary>
internal sealed class ContainerFiles(Workload workload)
{
    private readonly List<ContainerFile> _files =
    [
        .. MountedSecrets.FilesOf(workload).Select(static file => new ContainerFile(AzureNames.From(file.Name), file.Path, file.Content)),
        .. workload.Files.Select(static file => new ContainerFile($"file-{ContentHash.Short(file.Path)}", file.Path, file.Content)),
    ];

    /// <summary>Returns the secret that a variable is, where nothing takes it from a file.</summary>
    internal static string SecretOf(EnvironmentVariable variable) => $"env-{AzureNames.From(variable.Name)}";

    /// <summary>Gets the names of secrets that would stand for more than one value.</summary>
    internal IEnumerable<string> Ambiguous =>
        All.GroupBy(static secret => secret.Name, StringComparer.Ordinal)
            .Where(static group => group.Select(static secret => secret.Value).Distinct().Count() > 1)
            .Select(static group => group.Key);

    /// <summary>Gets the directories whose files come from secrets: each holds nothing else.</summary>
    internal IEnumerable<string> Directories => _files.Select(static file => file.Directory).Distinct().Order(StringComparer.Ordinal);

    /// <summary>
    /// Returns the app's secrets; null: it has none. Files that are none are among them, since there is nothing else that holds a file.
    /// </summary>
    internal BicepArray? Secrets(AzureValues values)
    {
        return new BicepArray(
            All.DistinctBy(static secret => secret.Name).Select(secret => Secret(secret.Name, values.Write(secret.Value)))
        ).OrNothing;
    }

    /// <summary>
    /// Returns a text that differs when a secret or a file does, whatever it is composed of, so that there is a new revision then:
    /// Container Apps makes none for a secret alone. A few letters of a hash of all of them together, so that whoever reads it has nothing
    /// to try guesses on. (docs/decisions/azure-secrets.md)
    /// </summary>
    internal BicepCode? Version(AzureValues values)
    {
        var all = All.ToList();
        if (all.Count == 0)
            return null;
        var sources = all.SelectMany(secret => values.SourcesOf(secret.Value)).Distinct().Order(StringComparer.Ordinal);
        var written = ContentHash.Short(string.Join('\n', all.Select(secret => $"{secret.Name}={values.Composed(secret.Value)}")));
        return new($"take(uniqueString(resourceGroup().id, {string.Join(", ", sources.Prepend(BicepWriter.Literal(written)))}), 4)");
    }

    private IEnumerable<(string Name, Template Value)> All =>
        _files
            .Select(static file => (file.Secret, file.Content))
            .Concat(Model.Secrets.UndeliverableOf(workload).Select(static variable => (SecretOf(variable), variable.Value)));

    /// <summary>Returns what is mounted in the container; null: nothing.</summary>
    internal BicepArray? Mounts()
    {
        var mounts = new BicepArray(
            Directories.Select(static directory => new BicepObject { { "volumeName", VolumeOf(directory) }, { "mountPath", directory } })
        );
        foreach (var mount in workload.Mounts)
            mounts.Add(
                new BicepObject { { "volumeName", AzureNames.StorageOf(mount.Volume, mount.ReadOnly) }, { "mountPath", mount.Path } }
            );
        return mounts.OrNothing;
    }

    /// <summary>Returns the volumes of its replicas; null: there are none.</summary>
    internal BicepArray? Volumes()
    {
        var volumes = new BicepArray();
        foreach (var directory in Directories)
        {
            var items = _files
                .Where(file => file.Directory == directory)
                .Select(static file => new BicepObject { { "secretRef", file.Secret }, { "path", file.FileName } });
            volumes.Add(
                new BicepObject
                {
                    { "name", VolumeOf(directory) },
                    { "storageType", "Secret" },
                    { "secrets", new BicepArray(items) },
                }
            );
        }
        foreach (var storage in workload.Mounts.Select(static mount => AzureNames.StorageOf(mount.Volume, mount.ReadOnly)).Distinct())
            volumes.Add(
                new BicepObject
                {
                    { "name", storage },
                    { "storageType", "NfsAzureFile" },
                    { "storageName", storage },
                }
            );
        return volumes.OrNothing;
    }

    private static string VolumeOf(string directory) =>
        directory == MountedSecrets.Directory ? "secrets" : $"files-{ContentHash.Short(directory)}";

    // What is composed is no parameter of its own, and a file holds no secret: the linter can't tell either.
    private static BicepObject Secret(string name, BicepValue value)
    {
        var secret = new BicepObject { { "name", name } };
        secret.Add("value", value, value is BicepCode ? null : "use-secure-value-for-secure-inputs");
        return secret;
    }

    private sealed record ContainerFile(string Secret, string Path, Template Content)
    {
        internal string Directory => Path[..Math.Max(1, Path.LastIndexOf('/'))];

        internal string FileName => Path[(Path.LastIndexOf('/') + 1)..];
    }
}
