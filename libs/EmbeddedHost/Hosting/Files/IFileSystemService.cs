namespace Aspire.Hosting;

/// <summary>Files and directories of the running application.</summary>
public interface IFileSystemService
{
    /// <summary>Temporary ones, removed when the application ends.</summary>
    ITempFileSystemService TempDirectory { get; }
}
