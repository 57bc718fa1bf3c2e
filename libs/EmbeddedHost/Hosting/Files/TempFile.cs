using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>A temporary file.</summary>
[Experimental("ASPIREFILESYSTEM001")]
public abstract class TempFile : IDisposable
{
    /// <summary>The file's path.</summary>
    public abstract string Path { get; }

    /// <summary>Removes the file.</summary>
    public abstract void Dispose();
}
