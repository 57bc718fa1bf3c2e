namespace EmbeddedHost.Tests;

/// <summary>A directory of a test's own, removed at its end.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    /// <summary>Makes one.</summary>
    /// <param name="parent">Where; among the system's temporary files if null.</param>
    public TemporaryDirectory(string? parent = null)
    {
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent ?? System.IO.Path.GetTempPath(), $"t-{Guid.NewGuid():N}")).FullName;
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
