using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes where a server's data is mounted. The declaration chooses a path before it knows which version of the image runs in the end
/// (<c>WithDataVolume().WithImageTag("16")</c>), and data that is written elsewhere is lost with the container: the volume follows the
/// version.
/// </summary>
internal static class DataReading
{
    internal static Workload Complete(Workload workload, WellKnownImage? server, List<PlanError> errors)
    {
        if (server is not { DataPath: { } place, OtherDataPath: { } elsewhere } || workload.Image is not ImageReference image)
            return workload;
        // Who says where data is knows where the volume is.
        if (workload.Environment.Any(each => each.Name == server.DataVariable))
            return workload;
        if (workload.Mounts.FirstOrDefault(mount => mount.Path == place || mount.Path == elsewhere) is not { } data)
            return workload;
        if (WellKnownImages.IsOfUnknownVersion(image))
        {
            errors.Add(
                new(
                    $"{workload.Name}.mounts.{data.Path}",
                    $"may not be where {image} keeps its data, as a digest doesn't tell the version; say it with "
                        + $"WithEnvironment(\"{server.DataVariable}\", \"{data.Path}/data\"), or name the image by its tag"
                )
            );
            return workload;
        }
        return workload with
        {
            Mounts = workload.Mounts.Select(mount => mount.Path == elsewhere ? mount with { Path = place } : mount).ToEquatableArray(),
            Environment = server.DataFolder is { } folder
                ? workload.Environment.Append(new(server.DataVariable!, $"{place}/{folder}")).ToEquatableArray()
                : workload.Environment,
        };
    }
}
