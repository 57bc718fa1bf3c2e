using System.Text.Json.Nodes;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Deploying;

/// <summary>A stand-in for the <c>nomad</c> command on the path, and what it keeps.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class StandInNomad : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-nomad-");

    internal StandInNomad()
    {
        var program = Path.Combine(_folder.FullName, "nomad");
        File.WriteAllText(program, $"#!/bin/sh\nexec node '{Path.Combine(TargetCase.Project, "Deploying", "nomad.cjs")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The tasks that end with an error.</summary>
    internal string Failing { get; set; } = "";

    /// <summary>What puts it on the path.</summary>
    internal string[] Variables => [$"PATH={_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}", $"STANDIN_NOMAD={Path.Combine(_folder.FullName, "state")}", $"STANDIN_FAILING={Failing}"];

    /// <summary>What puts one on the path that doesn't answer.</summary>
    internal string[] Silent => [Variables[0]];

    /// <summary>Has it keep what is another deployment's.</summary>
    internal void Keep(string volume, string job) => File.WriteAllText(Path.Combine(_folder.FullName, "state"), new JsonObject
    {
        ["jobs"] = new JsonObject { [job] = new JsonObject { ["versions"] = new JsonArray(new JsonObject { ["body"] = "", ["fails"] = true, ["batch"] = true }) } },
        ["variables"] = new JsonObject(),
        ["volumes"] = new JsonArray(volume),
        ["changes"] = 0,
    }.ToJsonString());

    internal IEnumerable<string> Jobs => State["jobs"]!.AsObject().Select(static job => job.Key).Order(StringComparer.Ordinal);

    internal IEnumerable<string> Volumes => State["volumes"]!.AsArray().Select(static volume => (string)volume!);

    internal int Changes => (int)State["changes"]!;

    /// <summary>What a variable holds under a key; null: nothing.</summary>
    internal string? Variable(string path, string key) => (string?)State["variables"]?[path]?[key];

    internal bool HasVariables => State["variables"]!.AsObject().Count > 0;

    private JsonObject State => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "state")))!.AsObject();

    public void Dispose() => _folder.Delete(recursive: true);
}
