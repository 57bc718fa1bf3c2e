using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes where an engine keeps what containers write. (https://docs.docker.com/engine/logging/configure/)</summary>
/// <param name="Name">The logging driver's name: <c>json-file</c>, <c>local</c>, <c>journald</c>.</param>
/// <param name="Options">Its options.</param>
internal sealed record LogDriver(string Name, EquatableArray<LogOption> Options)
{
    /// <summary>Gets the one that is used unless another is chosen: three files of 10 MB for each container.</summary>
    public static LogDriver Default { get; } = Rotating(new(10_000_000), 3);

    /// <summary>Returns the engine's own files, which <c>docker logs</c> and collectors read, with a bound.</summary>
    /// <param name="maxSize">How large a file gets before the next one is begun.</param>
    /// <param name="maxFiles">How many are kept.</param>
    internal static LogDriver Rotating(Size maxSize, int maxFiles) =>
        new("json-file", [new("max-size", Print(maxSize)), new("max-file", maxFiles.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Returns it as a service's <c>logging</c>.</summary>
    internal YamlMap Write()
    {
        var options = new YamlMap();
        foreach (var option in Options)
            options.Add(option.Name, new YamlText(DockerValues.Escape(option.Value)) { Quoted = true });
        return new() { { "driver", Name }, { "options", options.Count == 0 ? null : options } };
    }

    // Docker reads the m of a log's size as 1000², unlike that of a memory's.
    private static string Print(Size size) =>
        size.Bytes % 1_000_000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{size.Bytes / 1_000_000}m")
            : size.Bytes.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An option of a logging driver.</summary>
/// <param name="Name">Its name: <c>max-size</c>.</param>
/// <param name="Value">Its value: <c>10m</c>.</param>
internal sealed record LogOption(string Name, string Value);
