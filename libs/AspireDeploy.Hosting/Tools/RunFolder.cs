using Aspire.Hosting;

namespace AspireDeploy.Tools;

/// <summary>
/// The folder where a run keeps what is its own while it lives, such as sockets: one per user, which nobody else can enter. Its path is
/// short, as a socket's has 100 characters or so at most.
/// </summary>
internal static class RunFolder
{
    private const string Name = "aspiredeploy";
    private const string RuntimeVariable = "XDG_RUNTIME_DIR";

    // A socket's name must fit after it: macOS takes 103 bytes in all, Linux 107.
    private const int Longest = 75;

    /// <summary>Returns the folder, which is made with mode 0700 where it isn't there.</summary>
    /// <param name="environment">Where to look.</param>
    /// <exception cref="DistributedApplicationException">It is another user's, a link, or its path is too long.</exception>
    public static string Open(ToolEnvironment environment)
    {
        var path = Place(environment);
        if (System.Text.Encoding.UTF8.GetByteCount(path) > Longest)
            throw new DistributedApplicationException(
                $"{path} is too long a path for sockets: set {RuntimeVariable} to a folder of yours, of mode 0700, whose path has "
                    + $"at most {Longest - Name.Length - 1} characters."
            );
        try
        {
            if (!Directory.Exists(path))
                PrivateDirectory.Create(path);
            if (!PrivateDirectory.IsOurs(path))
                throw new DistributedApplicationException(
                    $"{path} is a link or another user's folder, and would hold sockets that only you may reach: take it away, or "
                        + $"set {RuntimeVariable} to a folder of yours, of mode 0700."
                );
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, PrivateDirectory.OwnerOnly);
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"{path} cannot be written ({failure.Message}): set {RuntimeVariable} to a folder of yours, of mode 0700.",
                failure
            );
        }
    }

    /// <summary>
    /// Returns where it is. A runtime directory must be the user's, of mode 0700 (XDG Base Directory Specification): what sudo and su leave
    /// of another user's isn't.
    /// </summary>
    internal static string Place(ToolEnvironment environment)
    {
        if (environment.IsWindows)
            return Path.Combine(environment.LocalApplicationData, Name, "run");
        if (environment.Variable(RuntimeVariable) is { } runtime && Path.IsPathRooted(runtime) && PrivateDirectory.IsOursAlone(runtime))
            return Path.Combine(runtime, Name);
        if (environment.IsRoot)
            return Path.Combine(environment.IsMacOS ? "/var/run" : "/run", Name);
        return environment.IsMacOS
            ? Path.Combine(environment.Home, "Library", "Application Support", Name, "run")
            : Path.Combine(environment.Variable("XDG_STATE_HOME") ?? Path.Combine(environment.Home, ".local", "state"), Name);
    }
}
