namespace AspireDeploy.Reading;

/// <summary>The files of the solution, as far as a plan takes them in.</summary>
internal interface ISolutionFiles
{
    /// <summary>Returns the files at or under a path, with absolute paths in ordinal order; empty if there is nothing.</summary>
    IReadOnlyList<string> Under(string path);

    /// <summary>Returns whether there is a file, and not a folder.</summary>
    bool IsFile(string path);

    /// <summary>Returns whether there is a folder.</summary>
    bool IsFolder(string path);

    /// <summary>Returns the path of a file with every link on its way followed.</summary>
    string Target(string path);

    /// <summary>Returns a file's bytes.</summary>
    byte[] Read(string path);

    /// <summary>Returns whether its owner may run it.</summary>
    bool IsExecutable(string path);
}

/// <summary>The files on this machine.</summary>
internal sealed class SolutionFiles : ISolutionFiles
{
    // As Linux has it.
    private const int MostLinks = 40;

    public IReadOnlyList<string> Under(string path) =>
        File.Exists(path) ? [path]
        : Directory.Exists(path) ? [.. FilesIn(path).Order(StringComparer.Ordinal)]
        : [];

    // A link to a folder around it would go on for ever: what is in there is found once.
    private IEnumerable<string> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !Contains(Target(inner), Target(folder))).SelectMany(FilesIn));

    private static bool Contains(string folder, string other) =>
        other == folder
        || other.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    public bool IsFile(string path) => File.Exists(path);

    public bool IsFolder(string path) => Directory.Exists(path);

    public string Target(string path) => Target(path, MostLinks);

    // Each link from the first folder on: one may lead to where another is on the way.
    private static string Target(string path, int links)
    {
        var root = Path.GetPathRoot(path)!;
        var resolved = root;
        foreach (var part in path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            resolved =
                links > 0 && new FileInfo(next).LinkTarget is { } target ? Target(Path.GetFullPath(target, resolved), links - 1) : next;
        }
        return resolved;
    }

    // A pipe, which has no length either, would be waited for.
    public byte[] Read(string path) => new FileInfo(Target(path)).Length == 0 ? [] : File.ReadAllBytes(path);

    public bool IsExecutable(string path) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);
}
