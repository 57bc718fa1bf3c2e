using System.Security.Cryptography;
using System.Text;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>Where the data of servers that run as processes is kept.</summary>
internal static class DataHome
{
    /// <summary>The variable that puts it elsewhere.</summary>
    public const string RootVariable = "ASPIREDEPLOY_DATA";

    private const string Name = "aspiredeploy";

    /// <summary>
    /// The directory of all solutions: <c>ASPIREDEPLOY_DATA</c>, else the user's data directory. Root's is under <c>/var/lib</c>, because
    /// the unprivileged user that PostgreSQL runs as cannot enter root's home.
    /// </summary>
    public static string Root(ToolEnvironment environment)
    {
        if (environment.Variable(RootVariable) is { } chosen)
            return Path.GetFullPath(chosen);
        if (environment.IsWindows)
            return Path.Combine(environment.LocalApplicationData, Name, "data");
        if (environment.IsRoot)
            return Path.Combine("/var/lib", Name);
        if (environment.IsMacOS)
            return Path.Combine(environment.Home, "Library", "Application Support", Name);
        return Path.Combine(environment.Variable("XDG_DATA_HOME") ?? Path.Combine(environment.Home, ".local", "share"), Name);
    }

    /// <summary>A solution's directory: its name, to be recognised by people, and a hash of its place, so that two clones keep apart.</summary>
    /// <param name="environment">Where to look.</param>
    /// <param name="solution">The AppHost's name.</param>
    /// <param name="appHostPath">Full path of the AppHost's project.</param>
    public static string Solution(ToolEnvironment environment, string solution, string appHostPath)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(appHostPath)));
        return Path.Combine(Root(environment), $"{FileName(solution)}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }

    /// <summary>A volume's directory in a solution's.</summary>
    public static string Volume(string solutionDirectory, string volume) => Path.Combine(solutionDirectory, FileName(volume));

    private static string FileName(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_')).TrimStart('.') is { Length: > 0 } safe
            ? safe
            : "_";
}
