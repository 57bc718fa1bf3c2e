namespace AspireDeploy.Tools;

/// <summary>What the search for a tool may look at. <see cref="ForProcess"/> is the real one; tests make their own.</summary>
/// <param name="Variable">Reads a setting or environment variable by name; null where it is not set.</param>
internal sealed record ToolEnvironment(Func<string, string?> Variable)
{
    public bool IsWindows { get; init; } = OperatingSystem.IsWindows();

    public bool IsMacOS { get; init; } = OperatingSystem.IsMacOS();

    /// <summary>Whether this process runs as root on Unix, where PostgreSQL must run as somebody else.</summary>
    public bool IsRoot { get; init; } = !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public string Home { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public string LocalApplicationData { get; init; } = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

    /// <summary>The process's own environment, after whatever <paramref name="configured"/> says (for the host: its configuration).</summary>
    public static ToolEnvironment ForProcess(Func<string, string?>? configured = null) =>
        new(name => NullIfBlank(configured?.Invoke(name)) ?? NullIfBlank(Environment.GetEnvironmentVariable(name)));

    /// <summary>An executable's file name here: with <c>.exe</c> on Windows.</summary>
    public string Executable(string name) => IsWindows ? name + ".exe" : name;

    /// <summary>The first executable called <paramref name="name"/> in <c>PATH</c>, or null.</summary>
    /// <param name="name">The program's name.</param>
    /// <param name="isFileName">Whether that is the whole name of its file. Defaults to false: on Windows it ends in <c>.exe</c>.</param>
    public string? OnPath(string name, bool isFileName = false) =>
        (Variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(directory => Path.Combine(directory, isFileName ? name : Executable(name)))
            .FirstOrDefault(File.Exists);

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
