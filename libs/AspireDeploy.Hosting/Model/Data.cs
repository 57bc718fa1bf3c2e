namespace AspireDeploy.Model;

/// <summary>Data that outlives containers and deployments.</summary>
/// <param name="Name">Its name.</param>
internal sealed record Volume(string Name)
{
    /// <summary>Gets how much is asked for where storage is asked for by size. Defaults to 1Gi.</summary>
    public Size Size { get; init; } = Size.Gibibytes(1);
}

/// <summary>Describes where a workload sees a volume.</summary>
/// <param name="Volume">The name of one of the plan's volumes.</param>
/// <param name="Path">The absolute path in the container.</param>
/// <param name="ReadOnly">Whether it can't write there.</param>
internal sealed record VolumeMount(string Volume, string Path, bool ReadOnly = false);

/// <summary>A file that comes with the deployment and holds no secret, such as a script that a database runs at its first start.</summary>
/// <param name="Path">The absolute path in the container.</param>
/// <param name="Content">Its text, UTF-8.</param>
/// <param name="Executable">Whether it may be run.</param>
internal sealed record ContentFile(string Path, string Content, bool Executable = false);
