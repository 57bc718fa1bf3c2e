namespace AspireDeploy.Plan;

/// <summary>Where a workload's container image comes from: <see cref="ProjectImage"/> or <see cref="ImageReference"/>.</summary>
public abstract record ImageSource;

/// <summary>An image made from a .NET project by the SDK's container publish; no Dockerfile.</summary>
/// <param name="ProjectPath">The project file, relative to the AppHost's directory, with <c>/</c>: <c>../Api/Api.csproj</c>.</param>
/// <param name="Repository">The image's name without registry and tag: <c>shop-api</c>.</param>
/// <param name="Tag">Its tag: the deployment's version.</param>
/// <param name="Assembly">The file its process runs, <c>Api.dll</c>, in the image's working directory <c>/app</c>.</param>
public sealed record ProjectImage(string ProjectPath, string Repository, string Tag, string Assembly) : ImageSource
{
    /// <inheritdoc />
    public override string ToString() => $"{Repository}:{Tag}";
}

/// <summary>An image somebody else makes.</summary>
/// <param name="Repository">Registry and name: <c>docker.io/library/postgres</c>.</param>
/// <param name="Tag">Its tag, or null when the digest alone says which.</param>
/// <param name="Digest"><c>sha256:…</c>, where known; it wins over the tag.</param>
public sealed record ImageReference(string Repository, string? Tag, string? Digest = null) : ImageSource
{
    /// <summary>As engines write it: <c>docker.io/library/postgres:18.3@sha256:…</c>.</summary>
    public override string ToString() => Repository + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);
}
