using System.Security.Cryptography;
using System.Text;

namespace AspireDeploy.Tools;

/// <summary>Names the directories where servers that run as processes keep their data.</summary>
internal static class DataHome
{
    /// <summary>Gets the variable that puts them elsewhere.</summary>
    public const string RootVariable = "ASPIREDEPLOY_DATA";

    private const string Name = "aspiredeploy";

    /// <summary>
    /// Returns the directory of all solutions: <c>ASPIREDEPLOY_DATA</c>, else the user's data directory. Root's is under <c>/var/lib</c>,
    /// because the unprivileged user that PostgreSQL runs as can't enter root's home.
    /// </summary>
    public static string Root(ToolEnvironment environment)
    {
        if (environment.Variable(RootVariable) is { } chosen)
        {
            return Path.GetFullPath(chosen);
        }

        if (environment.IsWindows)
        {
            return Path.Combine(environment.LocalApplicationData, Name, "data");
        }

        if (environment.IsRoot)
        {
            return Path.Combine("/var/lib", Name);
        }

        return environment.IsMacOS
            ? Path.Combine(environment.Home, "Library", "Application Support", Name)
            : Path.Combine(environment.Variable("XDG_DATA_HOME") ?? Path.Combine(environment.Home, ".local", "share"), Name);
    }

    /// <summary>
    /// Makes the directory of all solutions, which only this user can change: in another's, what is in it could be swapped.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public static void Open(ToolEnvironment environment)
    {
        var root = Root(environment);
        ReadableDirectory.CreateMissing(root);
        root = Directory.ResolveLinkTarget(root, returnFinalTarget: true)?.FullName ?? root;
        ReadableDirectory.Create(root);
        PrivateDirectory.RequireOurs(root);
    }

    /// <summary>
    /// Returns a solution's directory: its name, to be recognised by people, and a hash of its place, so that two clones keep apart.
    /// </summary>
    /// <param name="environment">Where to look.</param>
    /// <param name="solution">The AppHost's name.</param>
    /// <param name="appHostPath">Full path of the AppHost's project.</param>
    public static string Solution(ToolEnvironment environment, string solution, string appHostPath) =>
        Path.Combine(Root(environment), $"{Readable(solution)}-{Hash(Path.GetFullPath(appHostPath))}");

    /// <summary>Returns a volume's directory in a solution's.</summary>
    public static string Volume(string solutionDirectory, string volume) =>
        Path.Combine(solutionDirectory, Readable(volume) == volume ? volume : $"{Readable(volume)}-{Hash(volume)}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

    private static string Readable(string name)
    {
        var safe = string.Concat(name.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.' ? sign : '_'));
        return safe.Trim('.') is { Length: > 0 } trimmed ? trimmed : "_";
    }
}
