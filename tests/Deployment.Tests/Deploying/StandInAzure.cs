using System.Text.Json.Nodes;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// Stand-ins for <c>az</c>, for the <c>docker</c> that pushes to Azure's registry and for <c>curl</c>, and what they keep. What an app
/// waits for takes no time.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class StandInAzure : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-az-");

    internal StandInAzure()
    {
        Program("az", $"exec node '{Path.Combine(TargetCase.Project, "Deploying", "az.cjs")}' \"$@\"");
        Program(
            "docker",
            $"""
            cd '{_folder.FullName}'
            case "$1 $2" in
                'image inspect') grep -q -x -e "$3" built ;;
                'image push') echo "$4" | sed 's|^[^/]*/||' >>pushed; echo "$4" >>pushes ;;
            esac
            """
        );
        Program("curl", $"for url; do :; done; echo \"$url\" >>'{_folder.FullName}/asked'; printf 200");
        Program("sleep", "exec /bin/sleep 0.02");
        File.WriteAllText(PathOf("built"), "");
    }

    /// <summary>Gets or sets what goes wrong, by the variables that its program reads; and where it is deployed.</summary>
    internal string[] Given { get; set; } = [];

    /// <summary>Gets what puts it on the path.</summary>
    internal string[] Variables =>
        [
            "AZURE_LOCATION=westeurope",
            "AZURE_SUBSCRIPTION_ID=",
            "AZURE_RESOURCE_GROUP=",
            .. Given,
            $"PATH={_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            $"STANDIN_AZ={PathOf("state")}",
        ];

    /// <summary>Has an image on this machine.</summary>
    internal void Build(string image) => File.AppendAllText(PathOf("built"), image + "\n");

    /// <summary>Forgets the images of this machine.</summary>
    internal void ForgetImages() => File.WriteAllText(PathOf("built"), "");

    /// <summary>Gets the images that were pushed, by the names that they were pushed under.</summary>
    internal IEnumerable<string> Pushes => File.Exists(PathOf("pushes")) ? File.ReadAllLines(PathOf("pushes")) : [];

    /// <summary>Gets the pages that were asked for from outside.</summary>
    internal IEnumerable<string> Asked => File.Exists(PathOf("asked")) ? File.ReadAllLines(PathOf("asked")) : [];

    /// <summary>Has a resource group that others have made, with a resource of theirs.</summary>
    internal void Keep(string group, string? application, params string[] resources) =>
        File.WriteAllText(
            PathOf("state"),
            new JsonObject
            {
                ["groups"] = new JsonObject
                {
                    [group] = new JsonObject
                    {
                        ["location"] = "westeurope",
                        ["tags"] = application is null ? null : new JsonObject { ["aspire-deploy"] = application },
                        ["deployments"] = new JsonObject(),
                        ["resources"] = new JsonObject(
                            resources.Select(static resource =>
                                KeyValuePair.Create(
                                    resource,
                                    (JsonNode?)
                                        new JsonObject
                                        {
                                            ["type"] = resource[..resource.LastIndexOf('/')],
                                            ["name"] = resource[(resource.LastIndexOf('/') + 1)..],
                                            ["tags"] = null,
                                        }
                                )
                            )
                        ),
                    },
                },
                ["changes"] = 0,
                ["calls"] = new JsonArray(),
            }.ToJsonString()
        );

    /// <summary>Puts a resource into a group that is there.</summary>
    internal void Add(string group, string type, string name, string? application = null)
    {
        var state = State;
        state["groups"]![group]!["resources"]![$"{type}/{name}"] = new JsonObject
        {
            ["type"] = type,
            ["name"] = name,
            ["tags"] = application is null ? null : new JsonObject { ["aspire-deploy"] = application },
        };
        File.WriteAllText(PathOf("state"), state.ToJsonString());
    }

    /// <summary>Has an execution of a job begin, which ends by itself.</summary>
    internal void Begin(string group, string job, string execution)
    {
        var state = State;
        state["groups"]![group]!["resources"]![$"Microsoft.App/jobs/{job}"]!["executions"]!
            .AsArray()
            .Add(
                new JsonObject
                {
                    ["name"] = execution,
                    ["fails"] = false,
                    ["asked"] = 0,
                }
            );
        File.WriteAllText(PathOf("state"), state.ToJsonString());
    }

    internal bool HasState => File.Exists(PathOf("state"));

    internal IEnumerable<string> Groups => HasState ? State["groups"]!.AsObject().Select(static group => group.Key) : [];

    /// <summary>Returns what is in a group: <c>Microsoft.App/jobs/migrator</c>.</summary>
    internal IEnumerable<string> ResourcesOf(string group) =>
        State["groups"]![group]!["resources"]!.AsObject().Select(static resource => resource.Key).Order(StringComparer.Ordinal);

    /// <summary>Returns how many revisions an app has had.</summary>
    internal int RevisionsOf(string group, string app) =>
        State["groups"]![group]!["resources"]![$"Microsoft.App/containerApps/{app}"]!["revisions"]!.AsArray().Count;

    /// <summary>Returns how often a job has run.</summary>
    internal int RunsOf(string group, string job) =>
        State["groups"]![group]!["resources"]![$"Microsoft.App/jobs/{job}"]!["executions"]!.AsArray().Count;

    /// <summary>Returns a parameter that a module was deployed with.</summary>
    internal string? Parameter(string group, string resource, string parameter) =>
        (string?)State["groups"]![group]!["resources"]![resource]!["values"]![parameter];

    /// <summary>Gets every command that was given.</summary>
    internal IEnumerable<string> Calls => State["calls"]!.AsArray().Select(static call => (string)call!);

    internal int Changes => (int)State["changes"]!;

    private JsonObject State => JsonNode.Parse(File.ReadAllText(PathOf("state")))!.AsObject();

    public void Dispose() => _folder.Delete(recursive: true);

    private void Program(string name, string script)
    {
        File.WriteAllText(PathOf(name), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(PathOf(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string PathOf(string path) => Path.Combine(_folder.FullName, path);
}
