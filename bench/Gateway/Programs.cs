namespace AspireDeploy.Bench.Gateway;

/// <summary>Finds programs that may be installed.</summary>
internal static class Programs
{
    // Debian keeps servers where a user's PATH doesn't look.
    private static readonly string[] Also = ["/usr/sbin", "/sbin"];

    internal static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(Also)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
}
