using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>Files and directories of the running application.</summary>
[Experimental("ASPIREFILESYSTEM001")]
public interface IFileSystemService
{
    /// <summary>Temporary ones, removed when the application ends.</summary>
    ITempFileSystemService TempDirectory { get; }
}
