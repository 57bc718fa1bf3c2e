using System.Collections.Concurrent;

namespace Aspire.Hosting;

/// <summary>The application's temporary files, under one directory of mode 0700 each.</summary>
internal sealed class TempFiles : IFileSystemService, ITempFileSystemService, IDisposable
{
    private readonly ConcurrentBag<IDisposable> _made = [];

    public ITempFileSystemService TempDirectory => this;

    public TempDirectory CreateTempSubdirectory(string? prefix = null)
    {
        // Directory.CreateTempSubdirectory makes it with mode 0700 on Unix.
        var directory = new MadeDirectory(Directory.CreateTempSubdirectory(prefix ?? "aspire-").FullName);
        _made.Add(directory);
        return directory;
    }

    public TempFile CreateTempFile(string? fileName = null)
    {
        var directory = CreateTempSubdirectory();
        var path = Path.Combine(directory.Path, fileName ?? "file");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
        return new MadeFile(path, directory);
    }

    public void Dispose()
    {
        foreach (var made in _made)
        {
            made.Dispose();
        }
    }

    private sealed class MadeDirectory(string path) : TempDirectory
    {
        public override string Path => path;

        public override void Dispose()
        {
            try
            {
                Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Already gone, or held by a process that outlives us: the system's own sweep of its temporary files takes it.
            }
        }
    }

    private sealed class MadeFile(string path, TempDirectory directory) : TempFile
    {
        public override string Path => path;

        public override void Dispose() => directory.Dispose();
    }
}
