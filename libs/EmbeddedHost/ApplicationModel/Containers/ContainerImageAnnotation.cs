namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    /// <summary>The registry; the engine's own default if null.</summary>
    public string? Registry { get; set; }

    /// <summary>The image.</summary>
    public required string Image { get; set; }

    /// <summary>The tag; null where a digest says which.</summary>
    public string? Tag { get; set; }

    /// <summary>The digest, without <c>sha256:</c>; null where a tag says which.</summary>
    public string? SHA256 { get; set; }

    /// <summary>The whole reference, such as <c>docker.io/library/redis:8.6</c>.</summary>
    internal string Reference =>
        $"{(string.IsNullOrEmpty(Registry) ? "" : Registry + "/")}{Image}{(SHA256 is { } digest ? "@sha256:" + digest : ":" + (Tag ?? "latest"))}";
}
