using System.Globalization;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>
/// Lets one run of an AppHost know of another of the same clone, which would share its ports and data. The operating system gives the lock back when its holder
/// dies, however it dies, so a stale file keeps nobody from starting. An isolated run shares nothing and takes no lock.
/// </summary>
internal sealed class RunLock(AppHostIdentity appHost, IConfiguration configuration) : IDisposable
{
    private readonly string _directory = DataHome.Solution(ToolEnvironment.ForProcess(name => configuration[name]), appHost.Name, appHost.Path);
    private FileLock? _held;

    private string LockFile => Path.Combine(_directory, "run.lock");

    // The holder's note lies in a file of its own: on Windows a locked file can't be read.
    private string NoteFile => Path.Combine(_directory, "run.txt");

    /// <summary>Takes the lock until this object is disposed.</summary>
    /// <exception cref="DistributedApplicationException">Another run has it, or it can't be written; the message says which run, or where.</exception>
    public void Take()
    {
        if (configuration["AppHost:Isolated"] == "true")
        {
            return;
        }

        try
        {
            PrivateDirectory.Create(_directory);
            _held = FileLock.TryTake(LockFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"{_directory} cannot be written ({failure.Message}): set {DataHome.RootVariable} to a directory of yours.", failure);
        }

        if (_held is null)
        {
            throw new DistributedApplicationException(
                $"{appHost.Name} in {appHost.Directory} is already running{Holder()}. Stop that run first, or start this one beside it with '--isolated'.");
        }

        Write($"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Notes where this run's dashboard is, for whoever starts a second run.</summary>
    public void Note(Uri dashboard)
    {
        if (_held is not null)
        {
            Write($"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}, dashboard at {dashboard.GetLeftPart(UriPartial.Authority)}");
        }
    }

    public void Dispose()
    {
        if (_held is not null)
        {
            File.Delete(NoteFile);
            _held.Dispose();
        }
    }

    private void Write(string note) => File.WriteAllText(NoteFile, note);

    private string Holder()
    {
        try
        {
            return File.ReadAllText(NoteFile).Trim() is { Length: > 0 } note ? $" ({note})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
