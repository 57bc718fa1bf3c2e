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

    /// <summary>Gets or sets the tasks that end with an error.</summary>
    internal string Failing { get; set; } = "";

    /// <summary>Gets or sets the tasks that stop a while after they were told to.</summary>
    internal string Slow { get; set; } = "";

    /// <summary>Gets or sets what else goes wrong, by the variables that its program reads.</summary>
    internal string[] Wrong { get; set; } = [];

    /// <summary>Gets what puts it on the path.</summary>
    internal string[] Variables =>
        [
            .. Wrong,
            $"STANDIN_SLOW={Slow}",
            $"PATH={_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            $"STANDIN_NOMAD={Path.Combine(_folder.FullName, "state")}",
            $"STANDIN_FAILING={Failing}",
        ];

    /// <summary>Gets what puts one on the path that doesn't answer.</summary>
    internal string[] Silent => [Variables.First(static variable => variable.StartsWith("PATH=", StringComparison.Ordinal))];

    /// <summary>Has it keep what is another deployment's.</summary>
    internal void Keep(string volume, string job) =>
        File.WriteAllText(
            Path.Combine(_folder.FullName, "state"),
            new JsonObject
            {
                ["jobs"] = new JsonObject
                {
                    [job] = new JsonObject
                    {
                        ["count"] = 1,
                        ["versions"] = new JsonArray(
                            new JsonObject
                            {
                                ["body"] = "",
                                ["fails"] = true,
                                ["batch"] = true,
                            }
                        ),
                    },
                },
                ["allocations"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = "ffffffff-0000",
                        ["job"] = job,
                        ["task"] = "",
                        ["volumes"] = new JsonArray(volume),
                        ["version"] = 0,
                        ["desired"] = "run",
                        ["status"] = "running",
                    }
                ),
                ["together"] = new JsonArray(),
                ["variables"] = new JsonObject(),
                ["volumes"] = new JsonArray(volume),
                ["changes"] = 0,
            }.ToJsonString()
        );

    internal IEnumerable<string> Jobs => State["jobs"]!.AsObject().Select(static job => job.Key).Order(StringComparer.Ordinal);

    internal IEnumerable<string> Volumes => State["volumes"]!.AsArray().Select(static volume => (string)volume!);

    /// <summary>Gets which volumes two have written to at once.</summary>
    internal IEnumerable<string> Together => State["together"]!.AsArray().Select(static each => (string)each!);

    /// <summary>Returns how many replicas a job has.</summary>
    internal int CountOf(string job) => (int)State["jobs"]![job]!["count"]!;

    /// <summary>Has another number of replicas run, as an autoscaler does.</summary>
    internal void Scale(string job, int count)
    {
        var state = State;
        state["jobs"]![job]!["count"] = count;
        File.WriteAllText(Path.Combine(_folder.FullName, "state"), state.ToJsonString());
    }

    /// <summary>Forgets a job whose replicas are told to stop, as <c>nomad job stop -purge</c> does.</summary>
    internal void Purge(string job)
    {
        var state = State;
        state["jobs"]!.AsObject().Remove(job);
        foreach (var allocation in state["allocations"]!.AsArray().Where(each => (string)each!["job"]! == job))
            (allocation!["desired"], allocation["remaining"]) = ("stop", 15);
        File.WriteAllText(Path.Combine(_folder.FullName, "state"), state.ToJsonString());
    }

    /// <summary>Returns the specification that a job was last run from.</summary>
    internal string BodyOf(string job) => (string)State["jobs"]![job]!["versions"]!.AsArray()[^1]!["body"]!;

    internal int Changes => (int)State["changes"]!;

    /// <summary>Returns what a variable holds under a key; null: nothing.</summary>
    internal string? Variable(string path, string key) => (string?)State["variables"]?[path]?[key];

    internal bool HasVariables => State["variables"]!.AsObject().Count > 0;

    internal bool HasState => File.Exists(Path.Combine(_folder.FullName, "state"));

    private JsonObject State => JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.FullName, "state")))!.AsObject();

    public void Dispose() => _folder.Delete(recursive: true);
}
