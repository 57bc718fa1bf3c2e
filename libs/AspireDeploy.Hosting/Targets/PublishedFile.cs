using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>A file that a target writes.</summary>
/// <param name="Path">Relative to the target's own folder, with <c>/</c>.</param>
/// <param name="Content">Its text: UTF-8 without a mark, line breaks <c>\n</c>.</param>
internal sealed record PublishedFile(string Path, string Content)
{
    /// <summary>Gets who may read it: its owner alone where it holds a secret. Defaults to everybody.</summary>
    public PublishedFileMode Mode { get; init; } = PublishedFileMode.Readable;

    /// <summary>Gets what the AppHost has changed in it by methods of a target's own. Defaults to nothing.</summary>
    public EquatableArray<PublishedChange> Changes { get; init; }

    /// <summary>Gets what happens to what a person has changed in it. Defaults to nothing is kept.</summary>
    public OnRepublish OnRepublish { get; init; } = OnRepublish.Replace;
}

/// <summary>A published file's permissions.</summary>
internal enum PublishedFileMode
{
    /// <summary>0644.</summary>
    Readable,

    /// <summary>0755.</summary>
    Executable,

    /// <summary>0600: it may hold a secret.</summary>
    Private,
}

/// <summary>Describes what publishing again does with a file that is there already.</summary>
internal enum OnRepublish
{
    /// <summary>The new content takes its place.</summary>
    Replace,

    /// <summary>
    /// It is a list of settings, <c>NAME=value</c>, a value in quotes where it needs them: the new one takes its place, with the values a
    /// person has set in the old.
    /// </summary>
    KeepSettings,

    /// <summary>The same of a list whose values are as they stand to the end of their line, quotes included.</summary>
    KeepPlainSettings,
}
