using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>A file that the script composes from secrets.</summary>
/// <param name="Path">Under <c>secrets/mounted</c>.</param>
/// <param name="Content">What is in it.</param>
/// <param name="Owner">The user and group whose process reads it, <c>1654:1654</c>; null: whoever deploys.</param>
internal sealed record ComposedSecret(string Path, EquatableArray<ComposedPart> Content, string? Owner)
{
    internal ComposedSecret(string path, Template content, string? owner)
        : this(path, [new ComposedPart(content, null)], owner) { }
}

/// <summary>A part of such a file.</summary>
/// <param name="Value">What is in it.</param>
/// <param name="Filter">The script's function that writes it for the file's syntax; null: it stands as it is.</param>
internal sealed record ComposedPart(Template Value, string? Filter);
