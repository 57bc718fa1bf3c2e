using AspireDeploy.Model;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Data: volumes that Nomad makes and keeps, on a client of its choice or by a CSI plugin.
/// (https://developer.hashicorp.com/nomad/docs/other-specifications/volume)
/// </summary>
internal sealed class NomadVolumes(NomadOptions options, NomadNames names)
{
    private string Type => options.CsiPlugin is null ? "host" : "csi";

    internal static string LabelOf(string volume) => volume.ToLowerInvariant().Replace('.', '-');

    /// <summary>Returns the path of a volume's specification.</summary>
    internal static string PathOf(Volume volume) => $"volumes/{LabelOf(volume.Name)}.volume.hcl";

    internal void AddTo(HclBody group, Workload workload)
    {
        foreach (var use in workload.Mounts.GroupBy(static mount => mount.Volume))
        {
            var readOnly = use.All(static mount => mount.ReadOnly);
            group.Add(
                ["volume", LabelOf(use.Key)],
                new HclBody
                {
                    { "type", Type },
                    { "source", names.VolumeOf(use.Key) },
                    { "access_mode", "single-node-writer" },
                    { "attachment_mode", "file-system" },
                    { "read_only", readOnly },
                    // What one replica writes stays with it.
                    { "sticky", options.CsiPlugin is null ? true : null },
                }
            );
        }
    }

    /// <summary>Writes a volume's specification.</summary>
    /// <param name="volume">The volume.</param>
    /// <param name="user">Who writes to it; on a host its directory is given to that user.</param>
    internal PublishedFile Write(Volume volume, Isolation user)
    {
        var owner = user.UserId is { } id
            ? new HclBody
            {
                { "mode", "0700" },
                { "uid", id },
                { "gid", user.GroupId ?? id },
            }
            : null;
        var body = new HclBody
        {
            { "name", names.VolumeOf(volume.Name) },
            { "type", Type },
            { "id", options.CsiPlugin is null ? null : names.VolumeOf(volume.Name) },
            { "namespace", options.Namespace },
            { "plugin_id", options.CsiPlugin ?? "mkdir" },
            { "capacity_min", options.CsiPlugin is null ? null : volume.Size.ToString() + "B" },
            { "capacity_max", options.CsiPlugin is null ? null : volume.Size.ToString() + "B" },
            {
                ["capability"],
                new HclBody { { "access_mode", "single-node-writer" }, { "attachment_mode", "file-system" } }
            },
            { ["parameters"], options.CsiPlugin is null ? owner : null },
        };
        return new(
            PathOf(volume),
            HclWriter.Write(
                body,
                $"The volume {volume.Name}. It outlives jobs, updates and ./destroy.sh.\nMade by publishing: change the AppHost, "
                    + "not this file."
            )
        );
    }
}
