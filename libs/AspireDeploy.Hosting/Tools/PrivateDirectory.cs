namespace AspireDeploy.Tools;

/// <summary>Makes directories and files that nobody but their owner can read.</summary>
internal static class PrivateDirectory
{
    /// <summary>Gets the mode of a directory that nobody but its owner can enter.</summary>
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode OfOthers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>
    /// Makes a directory with mode 0700. What is missing above it is made with mode 0755 (<see cref="ReadableDirectory"/>). One that is
    /// there already, and that others may list or write to, is closed to them.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's, or a link.</exception>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            ReadableDirectory.CreateMissing(parent);
        }

        Directory.CreateDirectory(path, OwnerOnly);
        RequireOurs(path);
        if ((File.GetUnixFileMode(path) & OfOthers) != 0)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    /// <summary>Makes sure that a path is a directory of this user's, and no link to one.</summary>
    /// <exception cref="UnauthorizedAccessException">It isn't.</exception>
    public static void RequireOurs(string path)
    {
        if (!IsOurs(path))
        {
            throw new UnauthorizedAccessException($"{path} is a link or another user's");
        }
    }

    /// <summary>Returns whether a path is a directory, not a link to one, that belongs to the user of this process.</summary>
    public static bool IsOurs(string path)
    {
        var directory = new DirectoryInfo(path);
        return directory.Exists && directory.LinkTarget is null && (OperatingSystem.IsWindows() || UnixCalls.IsOwn(path));
    }

    /// <summary>Returns whether a path is a directory of this user's (<see cref="IsOurs"/>) that nobody else can enter or list.</summary>
    public static bool IsOursAlone(string path) =>
        IsOurs(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~OwnerOnly) == 0);

    /// <summary>Writes a file that has mode 0600 from the moment it exists.</summary>
    public static async Task WriteSecretAsync(string path, string text, CancellationToken cancellationToken)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new StreamWriter(path, options);
        await file.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
