using System.Text;
using Aspire.Hosting;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Publishing;

/// <summary>
/// A target's folder. Everything is written beside what is there first, and takes its place only when all of it has been written: a publish
/// that fails leaves the folder as it was. Files take each other's place one by one, in the folder that is there: containers may have it
/// mounted, and secrets and a person's own files stay in it. A folder that isn't there comes as a whole.
/// </summary>
internal static class OutputFolder
{
    /// <summary>Gets what publishing has written, for the next one to take away what it no longer writes.</summary>
    internal const string Record = ".published";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes files to a folder, which is made if it isn't there.</summary>
    /// <exception cref="DistributedApplicationException">Something is in the way, or can't be written.</exception>
    internal static void Write(string folder, IReadOnlyCollection<PublishedFile> files)
    {
        var isReplacing = false;
        try
        {
            CheckWay(folder, files);
            var isThere = Directory.Exists(folder);
            if (isThere)
                CheckOwner(folder, files);
            var staging = $"{folder}{(isThere ? Path.DirectorySeparatorChar : "")}.publishing-{Guid.NewGuid():N}";
            try
            {
                PublishedFile[] all =
                [
                    .. files.Select(file =>
                        file.OnRepublish != OnRepublish.Replace ? file with { Content = EditedSettings.Merge(folder, file) } : file
                    ),
                    .. Records(files),
                ];
                foreach (var file in all)
                    Create(Path.Combine(staging, file.Path), file);
                if (!isThere)
                {
                    Directory.Move(staging, folder);
                    return;
                }
                var earlier = ReadRecord(folder);
                isReplacing = true;
                foreach (var file in all)
                    Replace(Path.Combine(staging, file.Path), Path.Combine(folder, file.Path));
                foreach (var gone in earlier.Except(all.Select(static file => file.Path), StringComparer.Ordinal))
                    Delete(folder, gone);
            }
            finally
            {
                if (Directory.Exists(staging))
                    Directory.Delete(staging, recursive: true);
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"Can't write to {folder}: {failed.Message} "
                    + (
                        isReplacing
                            ? "Some of its files may be new, and others as they were: mend that, and publish again."
                            : "What was published before is as it was; choose another folder with --output-path."
                    ),
                failed
            );
        }
    }

    private static void CheckWay(string folder, IEnumerable<PublishedFile> files)
    {
        for (var above = folder; !string.IsNullOrEmpty(above); above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
                throw new DistributedApplicationException(
                    $"Can't write to {folder}: {above} is a file. Take it away, or choose another folder with --output-path."
                );
        }
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            if (Directory.Exists(path))
                throw new DistributedApplicationException(
                    $"Can't write {path}: a folder of that name is in the way. Take it away, or choose another folder with --output-path."
                );
        }
    }

    // What nobody has published isn't replaced.
    private static void CheckOwner(string folder, IEnumerable<PublishedFile> files)
    {
        if (File.Exists(Path.Combine(folder, Record)))
            return;
        if (
            files
                .Where(static file => file.OnRepublish == OnRepublish.Replace)
                .FirstOrDefault(file => File.Exists(Path.Combine(folder, file.Path))) is
            { } foreign
        )
            throw new DistributedApplicationException(
                $"Can't write to {folder}: {foreign.Path} is there, and publishing hasn't written it. Take it away, or choose "
                    + "another folder with --output-path."
            );
    }

    private static IEnumerable<PublishedFile> Records(IReadOnlyCollection<PublishedFile> files)
    {
        foreach (var file in files.Where(static file => file.OnRepublish != OnRepublish.Replace))
            yield return file with
            {
                Path = EditedSettings.AsPublished(file.Path),
                OnRepublish = OnRepublish.Replace,
            };
        yield return new(Record, string.Concat(files.Select(static file => file.Path + "\n")));
    }

    private static string[] ReadRecord(string folder) =>
        File.Exists(Path.Combine(folder, Record)) ? File.ReadAllLines(Path.Combine(folder, Record)) : [];

    private static void Create(string path, PublishedFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = ModeOf(file.Mode);
        using var stream = new FileStream(path, options);
        stream.Write(Utf8.GetBytes(file.Content));
        // What a person has chosen can't be published again after a power failure; the thousands of files of a large application can, and a
        // disk takes milliseconds for each.
        if (file.OnRepublish == OnRepublish.KeepSettings)
            stream.Flush(flushToDisk: true);
        // The process's own mask may have taken some of it away.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(stream.SafeFileHandle, ModeOf(file.Mode));
    }

    private static void Replace(string written, string place)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        // What is the same stays, with the time at which it was first written.
        if (
            File.Exists(place)
            && File.ReadAllBytes(place).AsSpan().SequenceEqual(File.ReadAllBytes(written))
            && (OperatingSystem.IsWindows() || File.GetUnixFileMode(place) == File.GetUnixFileMode(written))
        )
            return;
        File.Move(written, place, overwrite: true);
    }

    private static void Delete(string folder, string path)
    {
        var gone = Path.GetFullPath(Path.Combine(folder, path));
        if (!gone.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(gone))
            return;
        File.Delete(gone);
        for (
            var above = Path.GetDirectoryName(gone)!;
            above != folder && !Directory.EnumerateFileSystemEntries(above).Any();
            above = Path.GetDirectoryName(above)!
        )
            Directory.Delete(above);
    }

    private static UnixFileMode ModeOf(PublishedFileMode mode) =>
        mode switch
        {
            PublishedFileMode.Private => UnixFileMode.UserRead | UnixFileMode.UserWrite,
            PublishedFileMode.Executable => (UnixFileMode)0b111_101_101,
            _ => (UnixFileMode)0b110_100_100,
        };
}
