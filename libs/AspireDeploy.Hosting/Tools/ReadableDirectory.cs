namespace AspireDeploy.Tools;

/// <summary>Makes directories that everyone can read and only their owner can change, whatever the umask.</summary>
internal static class ReadableDirectory
{
    private const UnixFileMode Mode =
        PrivateDirectory.OwnerOnly
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherExecute;

    private const UnixFileMode WriteOfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>
    /// Makes a directory, and what is missing above it, with mode 0755. One of this user's that is there already is closed to others'
    /// writing, unless it is one where everybody keeps files of their own, such as <c>/tmp</c> (its mode has the sticky bit).
    /// </summary>
    public static void Create(string path)
    {
        CreateMissing(path);
        if (!OperatingSystem.IsWindows() && PrivateDirectory.IsOurs(path))
        {
            CloseToWriting(path);
        }
    }

    /// <summary>Makes a directory, and what is missing above it, with mode 0755. One that is there already stays as it is.</summary>
    public static void CreateMissing(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateMissing(parent);
        }

        Directory.CreateDirectory(path, Mode);
    }

    /// <summary>Takes from everyone but the owner the right to change a directory and all that is in it. Links aren't followed.</summary>
    public static void CloseToWritingWhole(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        CloseToWriting(path);
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
        {
            if (entry is DirectoryInfo)
            {
                CloseToWritingWhole(entry.FullName);
            }
            else
            {
                CloseToWriting(entry.FullName);
            }
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void CloseToWriting(string path)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & WriteOfOthers) != 0 && (mode & UnixFileMode.StickyBit) == 0)
        {
            File.SetUnixFileMode(path, mode & ~WriteOfOthers);
        }
    }
}
