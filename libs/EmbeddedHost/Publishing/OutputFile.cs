namespace Aspire.Hosting.Publishing;

/// <summary>Writes a file that others read: they see it wholly as it was, or wholly as it is.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file, and the directories that it is in.</summary>
    /// <exception cref="DistributedApplicationException">It can't be written; a file that was there is as it was.</exception>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException("a directory of that name is in the way");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(unfinished, content, cancellationToken).ConfigureAwait(false);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"'{path}' can't be written: {e.Message.TrimEnd('.')}.", e);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }
}
