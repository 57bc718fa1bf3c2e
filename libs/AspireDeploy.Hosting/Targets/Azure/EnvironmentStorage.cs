using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Azure Files for the data, by NFS: unlike by SMB, files have the owners, permissions and locks that programs on Linux expect. Only the
/// environment's network reaches it. (https://learn.microsoft.com/azure/storage/files/files-nfs-protocol)
/// </summary>
internal static class EnvironmentStorage
{
    // The least that a premium share has.
    private const int LeastGibibytes = 100;

    internal static IEnumerable<BicepResource> Write(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        var mounts = plan
            .Workloads.Where(workload => !options.IsManaged(workload))
            .SelectMany(static workload => workload.Mounts)
            .Select(static mount => (mount.Volume, mount.ReadOnly))
            .Distinct()
            .OrderBy(static mount => mount.Volume, StringComparer.Ordinal)
            .ThenBy(static mount => mount.ReadOnly)
            .ToList();
        if (mounts.Count == 0)
            yield break;
        yield return Account();
        yield return new(
            "files",
            "Microsoft.Storage/storageAccounts/fileServices@2024-01-01",
            new() { { "parent", new BicepCode("storage") }, { "name", "default" } }
        );
        var sizes = plan.Volumes.ToDictionary(static volume => volume.Name, static volume => volume.Size, StringComparer.Ordinal);
        foreach (var volume in mounts.Select(static mount => mount.Volume).Distinct())
        {
            var gibibytes = (int)Math.Max(LeastGibibytes, (sizes[volume].MebibytesRoundedUp + 1023) / 1024);
            yield return new(
                Symbol(AzureNames.ShareOf(volume)),
                "Microsoft.Storage/storageAccounts/fileServices/shares@2024-01-01",
                new()
                {
                    { "parent", new BicepCode("files") },
                    { "name", AzureNames.ShareOf(volume) },
                    {
                        "properties",
                        new BicepObject
                        {
                            { "enabledProtocols", "NFS" },
                            { "rootSquash", "NoRootSquash" },
                            { "shareQuota", gibibytes },
                        }
                    },
                }
            );
        }
        foreach (var (volume, readOnly) in mounts)
            yield return Mounted(volume, readOnly);
    }

    private static BicepResource Account() =>
        new(
            "storage",
            "Microsoft.Storage/storageAccounts@2024-01-01",
            new()
            {
                { "name", EnvironmentModule.Unique("st") },
                { "location", new BicepCode("location") },
                { "kind", "FileStorage" },
                {
                    "sku",
                    new BicepObject { { "name", "Premium_LRS" } }
                },
                {
                    "properties",
                    new BicepObject
                    {
                        // NFS has no TLS of its own; it doesn't leave the network.
                        { "supportsHttpsTrafficOnly", false },
                        { "minimumTlsVersion", "TLS1_2" },
                        { "allowBlobPublicAccess", false },
                        {
                            "networkAcls",
                            new BicepObject
                            {
                                { "bypass", "None" },
                                { "defaultAction", "Deny" },
                                {
                                    "virtualNetworkRules",
                                    new BicepArray
                                    {
                                        new BicepObject
                                        {
                                            { "id", EnvironmentNetwork.Subnet(EnvironmentNetwork.Apps) },
                                            { "action", "Allow" },
                                        },
                                    }
                                },
                            }
                        },
                    }
                },
            }
        );

    private static BicepResource Mounted(string volume, bool readOnly)
    {
        var (share, name) = (Symbol(AzureNames.ShareOf(volume)), AzureNames.StorageOf(volume, readOnly));
        return new(
            $"mount_{Symbol(name)}",
            "Microsoft.App/managedEnvironments/storages@2025-07-01",
            new()
            {
                { "parent", new BicepCode("environment") },
                { "name", name },
                {
                    "properties",
                    new BicepObject
                    {
                        {
                            "nfsAzureFile",
                            new BicepObject
                            {
                                {
                                    "server",
                                    BicepText.Create(
                                        new BicepCode("storage.name"),
                                        ".file.",
                                        new BicepCode("az.environment().suffixes.storage")
                                    )
                                },
                                { "shareName", BicepText.Create("/", new BicepCode("storage.name"), "/", new BicepCode($"{share}.name")) },
                                { "accessMode", readOnly ? "ReadOnly" : "ReadWrite" },
                            }
                        },
                    }
                },
            }
        );
    }

    private static string Symbol(string name) => AzureNames.Identifier(name);
}
