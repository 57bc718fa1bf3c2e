using System.Text.Json.Nodes;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Deploying;

/// <summary>A stand-in for the <c>docker</c> command on the path, on a manager of a swarm of three nodes, and what it keeps.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class StandInSwarm : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-swarm-");

    internal StandInSwarm()
    {
        var program = Path.Combine(_folder.FullName, "docker");
        File.WriteAllText(program, $"#!/bin/sh\nexec node '{Path.Combine(TargetCase.Project, "Deploying", "docker.cjs")}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Write(
            new()
            {
                ["nodes"] = new JsonArray([
                    .. Enumerable
                        .Range(1, 3)
                        .Select(static number => new JsonObject
                        {
                            ["id"] = $"n{number}",
                            ["name"] = $"node-{number}",
                            ["state"] = "ready",
                            ["labels"] = new JsonObject(),
                        }),
                ]),
                ["services"] = new JsonObject(),
                ["tasks"] = new JsonArray(),
                ["slow"] = new JsonArray(),
                ["together"] = new JsonArray(),
                ["changes"] = 0,
            }
        );
    }

    /// <summary>Gets what puts it on the path.</summary>
    internal string[] Variables => [$"PATH={_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}", $"STANDIN_DOCKER={StatePath}"];

    /// <summary>Gets how often something was changed.</summary>
    internal int Changes => (int)Read()["changes"]!;

    /// <summary>Gets which volumes two have written to at once.</summary>
    internal IEnumerable<string> Together => Read()["together"]!.AsArray().Select(static each => (string)each!);

    /// <summary>Returns how many tasks of a service run on nodes that are ready.</summary>
    internal int RunningOf(string service)
    {
        var state = Read();
        var ready = state["nodes"]!
            .AsArray()
            .Where(static node => (string)node!["state"]! == "ready")
            .Select(static node => (string)node!["id"]!)
            .ToHashSet();
        return state["tasks"]!
            .AsArray()
            .Count(task =>
                (string)task!["service"]! == service
                && (string)task["state"]! == "Running"
                && (string)task["desired"]! == "Running"
                && ready.Contains((string)task["node"]!)
            );
    }

    /// <summary>Takes a node down: what ran there is run elsewhere, and goes on being called running.</summary>
    internal void Lose(string node) =>
        Change(state =>
        {
            state["nodes"]!.AsArray().Single(each => (string)each!["id"]! == node)!["state"] = "down";
            foreach (
                var task in state["tasks"]!
                    .AsArray()
                    .Where(each => (string)each!["node"]! == node && (string)each["state"]! == "Running")
                    .ToList()
            )
            {
                var another = task!.DeepClone();
                another["node"] = "n1";
                task["desired"] = "Shutdown";
                state["tasks"]!.AsArray().Insert(0, another);
            }
        });

    /// <summary>Has a node take no replicas, or no new ones.</summary>
    internal void Set(string node, string availability) =>
        Change(state => state["nodes"]!.AsArray().Single(each => (string)each!["id"]! == node)!["availability"] = availability);

    /// <summary>Has networks that are one machine's, rather than the swarm's.</summary>
    internal void ScopeNetworks(string scope) => Change(state => state["scope"] = scope);

    /// <summary>Has a service's tasks stop a while after they were told to.</summary>
    internal void Slow(string service) => Change(state => state["slow"]!.AsArray().Add(service));

    /// <summary>Has another manager take away a stack.</summary>
    internal void RemoveElsewhere() =>
        Change(static state =>
        {
            foreach (var task in state["tasks"]!.AsArray())
                (task!["desired"], task["remaining"]) = ("Remove", 5);
            state["services"] = new JsonObject();
        });

    public void Dispose() => _folder.Delete(recursive: true);

    private string StatePath => Path.Combine(_folder.FullName, "state");

    private JsonObject Read() => JsonNode.Parse(File.ReadAllText(StatePath))!.AsObject();

    private void Write(JsonObject state) => File.WriteAllText(StatePath, state.ToJsonString());

    private void Change(Action<JsonObject> change)
    {
        var state = Read();
        change(state);
        Write(state);
    }
}
