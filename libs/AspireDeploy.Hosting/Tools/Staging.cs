namespace AspireDeploy.Tools;

/// <summary>Gives a directory in the cache where tools are prepared, on the same file system as the place they are renamed to.</summary>
internal sealed class Staging : IDisposable
{
    private readonly string _path;

    private Staging(string path) => _path = path;

    /// <summary>Makes a new one, and removes those of builds that died: the caller holds the cache's lock, so no other is alive.</summary>
    public static Staging Create(string root)
    {
        var path = Path.Combine(root, ".staging");
        if (System.IO.Directory.Exists(path))
        {
            System.IO.Directory.Delete(path, recursive: true);
        }

        ReadableDirectory.Create(path);
        return new Staging(path);
    }

    /// <summary>Makes a directory in it.</summary>
    public string Directory(string name) => System.IO.Directory.CreateDirectory(Path.Combine(_path, name)).FullName;

    /// <summary>
    /// Renames a prepared directory to its place in the cache, where only its owner can change it, whatever its archive said.
    /// </summary>
    public static async Task PublishAsync(string prepared, string target)
    {
        ReadableDirectory.CloseToWritingWhole(prepared);
        ReadableDirectory.Create(Path.GetDirectoryName(target)!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                System.IO.Directory.Move(prepared, target);
                return;
            }
            catch (IOException) when (OperatingSystem.IsWindows() && attempt < 50)
            {
                // A virus scanner may still hold a file that was just unpacked.
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    /// <summary>Removes it, with what was not published.</summary>
    public void Dispose()
    {
        try
        {
            System.IO.Directory.Delete(_path, recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // The next restore removes it.
        }
    }
}
