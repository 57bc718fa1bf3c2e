using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AspireDeploy.Deploying;

/// <summary>
/// A few digits that change with what is in an image that the SDK built and with how it is run, and with nothing else. The image's own
/// digest won't do: the SDK writes the time into its settings, and into the layer with the program.
/// </summary>
internal static class ImageContent
{
    private static readonly string[] Times = ["org.opencontainers.image.created", "org.opencontainers.artifact.created"];

    /// <summary>Gets the directory that the SDK puts the program into.</summary>
    internal const string Directory = "/app";

    /// <summary>
    /// Returns the digits of an image built by a Dockerfile, whose layers the engine keeps as long as nothing in them changes.
    /// </summary>
    /// <param name="inspected">What <c>docker image inspect</c> says.</param>
    internal static string Digest(string inspected) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SettingsOf(inspected, own: 0))).AsSpan(0, 6));

    /// <summary>Returns the digits.</summary>
    /// <param name="inspected">What <c>docker image inspect</c> says.</param>
    /// <param name="program">The program's directory, as a tar archive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal static async Task<string> DigestAsync(string inspected, Stream program, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(SettingsOf(inspected, own: 1)));
        foreach (var (name, content) in await FilesOf(program, cancellationToken))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{name}\0"));
            hash.AppendData(content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    // OWN: how many layers at the end are asked for by themselves.
    private static string SettingsOf(string inspected, int own)
    {
        var image = JsonNode.Parse(inspected)![0]!;
        var settings = image["Config"]!.DeepClone().AsObject();
        if (settings["Labels"] is JsonObject labels)
        {
            foreach (var time in Times)
                labels.Remove(time);
        }
        var layers = image["RootFS"]!["Layers"]!.AsArray();
        return $"{settings.ToJsonString()}{image["Os"]}{image["Architecture"]}{string.Concat(layers.Take(layers.Count - own))}";
    }

    private static async Task<SortedDictionary<string, byte[]>> FilesOf(Stream archive, CancellationToken cancellationToken)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await using var reader = new TarReader(archive, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            var content = entry.DataStream is { } data
                ? await SHA256.HashDataAsync(data, cancellationToken)
                : Encoding.UTF8.GetBytes(entry.LinkName);
            files[$"{entry.Name} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}"] = content;
        }
        return files;
    }
}
