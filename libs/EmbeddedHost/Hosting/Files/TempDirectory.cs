using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>A temporary directory.</summary>
[Experimental("ASPIREFILESYSTEM001")]
public abstract class TempDirectory : IDisposable
{
    /// <summary>The directory's path.</summary>
    public abstract string Path { get; }

    /// <summary>Removes the directory and what is in it.</summary>
    public abstract void Dispose();
}
