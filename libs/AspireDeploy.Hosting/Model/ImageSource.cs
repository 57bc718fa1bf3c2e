namespace AspireDeploy.Model;

/// <summary>
/// Describes where a workload's container image comes from: <see cref="ProjectImage"/>, <see cref="DockerfileImage"/> or
/// <see cref="ImageReference"/>.
/// </summary>
internal abstract record ImageSource;

/// <summary>An image that is built from the solution when it is deployed.</summary>
/// <param name="Repository">The image's name without registry and tag: <c>shop-api</c>.</param>
/// <param name="Tag">Its tag: the deployment's version.</param>
internal abstract record BuiltImage(string Repository, string Tag) : ImageSource
{
    /// <summary>Gets the path that it is built from, relative to the AppHost's directory, with <c>/</c>.</summary>
    public abstract string BuiltFrom { get; }

    /// <summary>
    /// Gets the registry that it is pulled from, with a path if it has one: <c>ghcr.io/acme</c>; null: whoever runs it has it already.
    /// </summary>
    public string? Registry { get; init; }

    /// <summary><c>sha256:…</c>, once it has been pushed; null before.</summary>
    public string? Digest { get; init; }

    /// <summary>Gets what it is called on the machine that builds it: <c>shop-api:1.0.0</c>.</summary>
    public string BuiltName => $"{Repository}:{Tag}";

    /// <summary>As engines write it: <c>ghcr.io/acme/shop-api:1.0.0@sha256:…</c>.</summary>
    public sealed override string ToString() => (Registry is null ? "" : Registry + "/") + BuiltName + (Digest is null ? "" : "@" + Digest);
}

/// <summary>An image made from a .NET project by the SDK's container publish; no Dockerfile.</summary>
/// <param name="ProjectPath">The project file, relative to the AppHost's directory, with <c>/</c>: <c>../Api/Api.csproj</c>.</param>
/// <param name="Repository">The image's name without registry and tag: <c>shop-api</c>.</param>
/// <param name="Tag">Its tag: the deployment's version.</param>
/// <param name="Assembly">The file its process runs, <c>Api.dll</c>, in the image's working directory <c>/app</c>.</param>
internal sealed record ProjectImage(string ProjectPath, string Repository, string Tag, string Assembly) : BuiltImage(Repository, Tag)
{
    /// <summary>
    /// Gets what its base image brings that can run a script. Defaults to <c>bash</c>, as Microsoft's own images of .NET have it.
    /// </summary>
    public ImageShell Shell { get; init; } = ImageShell.Bash;

    /// <inheritdoc />
    public override string BuiltFrom => ProjectPath;
}

/// <summary>An image built by a Dockerfile.</summary>
/// <param name="ContextPath">The directory that is its context, relative to the AppHost's, with <c>/</c>: <c>../frontend</c>.</param>
/// <param name="Repository">The image's name without registry and tag: <c>shop-frontend</c>.</param>
/// <param name="Tag">Its tag: the deployment's version.</param>
internal sealed record DockerfileImage(string ContextPath, string Repository, string Tag) : BuiltImage(Repository, Tag)
{
    /// <inheritdoc />
    public override string BuiltFrom => ContextPath;
}

/// <summary>An image somebody else makes.</summary>
/// <param name="Repository">Registry and name: <c>docker.io/library/postgres</c>.</param>
/// <param name="Tag">Its tag, or null when the digest alone says which.</param>
/// <param name="Digest"><c>sha256:…</c>, where known; it wins over the tag.</param>
internal sealed record ImageReference(string Repository, string? Tag, string? Digest = null) : ImageSource
{
    /// <summary>As engines write it: <c>docker.io/library/postgres:18.3@sha256:…</c>.</summary>
    public override string ToString() => Repository + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);
}
