using System.Globalization;
using Aspire.Hosting;
using AspireDeploy.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.Starting;

/// <summary>
/// Lets one run of an AppHost know of another of the same copy, which would share its ports and data. The operating system gives the lock
/// back when its holder ends, however it ends.
/// </summary>
internal sealed class RunLock(IConfiguration configuration, IHostEnvironment host, DistributedApplicationOptions options) : IDisposable
{
    private FileLock? _held;

    private string AppHostDirectory => options.ProjectDirectory ?? host.ContentRootPath;

    /// <summary>Takes the lock until this object is disposed.</summary>
    /// <exception cref="DistributedApplicationException">Another run has it, or it can't be written; the message says which run, or
    /// where.</exception>
    internal void Take()
    {
        var directory = DataHome.Solution(
            ToolEnvironment.ForProcess(name => configuration[name]),
            host.ApplicationName,
            Path.Combine(AppHostDirectory, host.ApplicationName + ".csproj")
        );
        // On Windows a locked file can't be read: who has it is in another.
        var note = Path.Combine(directory, "run.txt");
        try
        {
            PrivateDirectory.Create(directory);
            _held = FileLock.TryTake(Path.Combine(directory, "run.lock"));
            if (_held is not null)
            {
                File.WriteAllText(note, Note());
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"{directory} cannot be written ({failure.Message}): set {DataHome.RootVariable} to a directory of yours.",
                failure
            );
        }

        if (_held is null)
        {
            throw new DistributedApplicationException(
                $"{host.ApplicationName} in {AppHostDirectory} is already running{Holder(note)}. Stop that run first, or start this "
                    + $"one beside it with '{IsolatedRun.Option}'."
            );
        }
    }

    public void Dispose() => _held?.Dispose();

    private string Note()
    {
        var process = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}");
        return !options.DisableDashboard && configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } dashboard
            ? $"{process}, dashboard at {dashboard}"
            : process;
    }

    private static string Holder(string note)
    {
        try
        {
            return File.ReadAllText(note).Trim() is { Length: > 0 } owner ? $" ({owner})" : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
