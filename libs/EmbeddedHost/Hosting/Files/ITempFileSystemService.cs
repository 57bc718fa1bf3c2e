using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>Makes temporary files and directories that only the current user can read.</summary>
[Experimental("ASPIREFILESYSTEM001")]
public interface ITempFileSystemService
{
    /// <summary>Makes a directory of mode 0700.</summary>
    /// <param name="prefix">What its name begins with.</param>
    /// <returns>The directory, removed when disposed or when the application ends.</returns>
    TempDirectory CreateTempSubdirectory(string? prefix = null);

    /// <summary>Makes a file of mode 0600.</summary>
    /// <param name="fileName">Its name; one is made up if null.</param>
    /// <returns>The file, removed when disposed or when the application ends.</returns>
    TempFile CreateTempFile(string? fileName = null);
}
