namespace AspireDeploy.ToolRestore;

/// <summary>Lets one build at a time write to the cache. The system drops the lock with the process that holds it.</summary>
internal static class CacheLock
{
    public static async Task<IDisposable> TakeAsync(string root)
    {
        var path = Path.Combine(root, ".lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Held by another build. A file lock cannot be waited for portably, only tried again.
                await Task.Delay(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
