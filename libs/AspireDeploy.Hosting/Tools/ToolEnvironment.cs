namespace AspireDeploy.Tools;

/// <summary>Holds what the search for a tool may look at. <see cref="ForProcess"/> is the real one; tests make their own.</summary>
/// <param name="Variable">Reads a setting or environment variable by name; null where it is not set.</param>
internal sealed record ToolEnvironment(Func<string, string?> Variable)
{
    /// <summary>Gets whether this is Windows.</summary>
    public bool IsWindows { get; init; } = OperatingSystem.IsWindows();

    /// <summary>Gets whether this is macOS.</summary>
    public bool IsMacOS { get; init; } = OperatingSystem.IsMacOS();

    /// <summary>Gets whether this process runs as root on Unix, where PostgreSQL must run as somebody else.</summary>
    public bool IsRoot { get; init; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Gets the directory under which installed programs are looked for, outside <c>PATH</c>.</summary>
    public string FileSystem { get; init; } = "/";

    /// <summary>Gets the user's home directory.</summary>
    public string Home { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Gets the user's directory for programs' data on Windows.</summary>
    public string LocalApplicationData { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

    /// <summary>
    /// Returns the process's own environment, after whatever <paramref name="configured"/> says (for the host: its configuration).
    /// </summary>
    public static ToolEnvironment ForProcess(Func<string, string?>? configured = null) =>
        new(name => NullIfBlank(configured?.Invoke(name)) ?? NullIfBlank(Environment.GetEnvironmentVariable(name)));

    /// <summary>Returns an executable's file name here: with <c>.exe</c> on Windows.</summary>
    public string Executable(string name) => IsWindows ? name + ".exe" : name;

    /// <summary>Returns the first executable called <paramref name="name"/> in <c>PATH</c>, or null.</summary>
    /// <param name="name">The program's name.</param>
    /// <param name="isFileName">Whether that is the whole name of its file. Defaults to false: on Windows it ends in <c>.exe</c>.</param>
    public string? OnPath(string name, bool isFileName = false) =>
        (Variable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(directory => Path.Combine(directory, isFileName ? name : Executable(name)))
            .FirstOrDefault(IsExecutable);

    private static bool IsExecutable(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != 0);
    }

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
