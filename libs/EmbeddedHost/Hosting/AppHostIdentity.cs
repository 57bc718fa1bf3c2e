using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting;

/// <summary>Which AppHost this is: its name, its project's directory, and hashes that tell clones of one solution apart.</summary>
/// <param name="Name">The project's name, without an extension.</param>
/// <param name="FileName">The project's file, or its name where that isn't known.</param>
/// <param name="Directory">The project's directory, absolute.</param>
internal sealed record AppHostIdentity(string Name, string FileName, string Directory)
{
    public string Path => System.IO.Path.GetFullPath(System.IO.Path.Join(Directory, Name));

    /// <summary>Differs between two clones on one machine.</summary>
    public string PathSha256 => Sha256(Path.ToLowerInvariant());

    /// <summary>The same wherever the project is. As in Aspire, the extension counts.</summary>
    public string NameSha256 => Sha256(FileName);

    /// <summary>Reads what the build wrote into the AppHost's assembly, as <c>Aspire.AppHost.Sdk</c> does.</summary>
    public static AppHostIdentity Of(DistributedApplicationOptions options, string fallbackName, string fallbackDirectory)
    {
        var metadata = options.Assembly?.GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(a => a.Key, a => a.Value, StringComparer.OrdinalIgnoreCase);
        var directory = options.ProjectDirectory ?? metadata?["apphostprojectpath"].FirstOrDefault(System.IO.Directory.Exists) ?? fallbackDirectory;
        var name = metadata?["apphostprojectname"].FirstOrDefault() ?? fallbackName;
        return new(System.IO.Path.GetFileNameWithoutExtension(name), name, System.IO.Path.GetFullPath(directory));
    }

    private static string Sha256(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
