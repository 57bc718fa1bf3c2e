using System.Text.Json.Nodes;
using AspireDeploy.Tests.Targets.Kubernetes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// Describes what <c>kubectl</c> says to a cluster, answered where there is none: discovery, objects read and written under their schema's
/// eyes, selectors, dry runs, watches and logs. (https://kubernetes.io/docs/reference/using-api/api-concepts/)
/// </summary>
internal sealed class StandInCluster : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly CancellationTokenSource _stopping = new();

    private StandInCluster(WebApplication server, string folder)
    {
        _server = server;
        Kubeconfig = Path.Combine(folder, "kubeconfig");
    }

    internal ClusterObjects Objects { get; } = new();

    /// <summary>
    /// Gets the file that tells <c>kubectl</c> of it, as the context <c>stand-in</c>; in the context <c>elsewhere</c> nobody answers.
    /// </summary>
    internal string Kubeconfig { get; }

    /// <summary>Starts one on a free port.</summary>
    /// <param name="folder">Where its kubeconfig goes.</param>
    internal static async Task<StandInCluster> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var cluster = new StandInCluster(builder.Build(), folder);
        cluster._server.Run(cluster.AnswerAsync);
        await cluster._server.StartAsync(TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            cluster.Kubeconfig,
            $$$"""
            apiVersion: v1
            kind: Config
            current-context: stand-in
            clusters: [{name: stand-in, cluster: {server: "{{{cluster._server.Urls.Single()}}}"}}, {name: elsewhere, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: stand-in, context: {cluster: stand-in, user: nobody}}, {name: elsewhere, context: {cluster: elsewhere, user: nobody}}]
            users: [{name: nobody, user: {}}]
            """
        );
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _server.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!.Trim('/');
        if (path == "version")
            await Json(
                context,
                new()
                {
                    ["major"] = "1",
                    ["minor"] = "36",
                    ["gitVersion"] = "v1.36.0",
                }
            );
        else if (path == "api")
            await Json(context, new() { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") });
        else if (path == "apis")
            await Json(context, Groups());
        else if (path == "openapi/v3")
            await Json(
                context,
                new()
                {
                    ["paths"] = new JsonObject(
                        Roots.Select(static root =>
                            KeyValuePair.Create<string, JsonNode?>(root, new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{root}" })
                        )
                    ),
                }
            );
        else if (path.StartsWith("openapi/v3/", StringComparison.Ordinal))
            await Json(context, Schema(path["openapi/v3/".Length..]));
        else if (Roots.Contains(path))
            await Json(context, Resources(path));
        else if (path == "apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
            await ReviewAsync(context);
        else if (Find(path) is { } found)
            await AnswerAsync(context, found.Kind, found.Namespace, found.Path);
        else
            await RefuseAsync(context, 404, "NotFound", $"There is no {path}.");
    }

    private async Task AnswerAsync(HttpContext context, ClusterKind kind, string? space, string[] rest)
    {
        var (request, isDryRun) = (context.Request, context.Request.Query["dryRun"] == "All");
        var existing = rest is [var known, ..] ? Objects.Find(kind, space ?? "", known) : null;
        if (rest is [_, "log"])
            await context.Response.WriteAsync("opening the database\nno such table: items\n");
        else if (rest is [] && request.Method == "GET")
            await ListAsync(context, kind, space);
        else if (rest is [] && request.Method == "POST")
            await WriteAsync(context, kind, space ?? "", null, await BodyAsync(request), isDryRun);
        else if (existing is null)
            await RefuseAsync(context, 404, "NotFound", $"{kind.Plural} \"{rest[0]}\" not found");
        else if (request.Method == "GET")
            await Json(context, existing);
        else if (request.Method == "DELETE")
            await Json(context, Objects.Delete(kind, space ?? "", rest[0])!);
        else if (request.Method == "PATCH")
            await WriteAsync(context, kind, space ?? "", existing, ClusterPatch.Put(existing, await BodyAsync(request)), isDryRun);
        else
            await RefuseAsync(context, 405, "MethodNotAllowed", $"The stand-in has no {request.Method} of {kind.Plural}.");
    }

    private async Task ReviewAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var (verb, resource) = ProtobufReview.Read(body.ToArray());
        context.Response.StatusCode = 201;
        await Json(
            context,
            new()
            {
                ["apiVersion"] = "authorization.k8s.io/v1",
                ["kind"] = "SelfSubjectAccessReview",
                ["metadata"] = new JsonObject(),
                ["spec"] = new JsonObject(),
                ["status"] = new JsonObject
                {
                    ["allowed"] = Objects.Forbidden.Count == 0 || (verb != "*" && !Objects.Forbidden.Contains($"{verb} {resource}")),
                },
            }
        );
    }

    private async Task WriteAsync(
        HttpContext context,
        ClusterKind kind,
        string space,
        JsonObject? before,
        JsonObject desired,
        bool isDryRun
    )
    {
        if (Objects.Forbidden.Contains($"{(before is null ? "create" : "patch")} {kind.Plural}"))
        {
            await RefuseAsync(
                context,
                403,
                "Forbidden",
                $"{kind.Plural} is forbidden: User \"nobody\" cannot {(before is null ? "create" : "patch")} it"
            );
            return;
        }
        if (kind.IsNamespaced && Objects.Find(ClusterObjects.Kinds[0], "", space) is null)
        {
            await RefuseAsync(context, 404, "NotFound", $"namespaces \"{space}\" not found");
            return;
        }
        try
        {
            if (context.Request.Query["fieldValidation"] == "Strict")
                KubernetesObjects.Read(desired.ToJsonString());
        }
        catch (Exception unknown)
        {
            await RefuseAsync(
                context,
                400,
                "BadRequest",
                $"{kind.Kind} in version \"{kind.Version}\" cannot be handled: strict decoding error: {unknown.Message}"
            );
            return;
        }
        if (kind.Kind == "Job" && before is not null && !JsonNode.DeepEquals(before["spec"], desired["spec"]))
        {
            await RefuseAsync(
                context,
                422,
                "Invalid",
                $"Job.batch \"{before["metadata"]!["name"]}\" is invalid: spec.template: field is immutable"
            );
            return;
        }
        if (before is null)
            context.Response.StatusCode = 201;
        await Json(context, Objects.Write(kind, space, desired, isDryRun));
    }

    private async Task ListAsync(HttpContext context, ClusterKind kind, string? space)
    {
        var query = context.Request.Query;
        // What is asked for by a watch was listed before, and doesn't change any more.
        if (query["sendInitialEvents"] == "true")
            await RefuseAsync(context, 400, "BadRequest", "The stand-in has no streamed lists.");
        else if (query["watch"] is ["true" or "1"])
        {
            context.Response.ContentType = "application/json";
            await context.Response.Body.FlushAsync();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
            await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        else
        {
            await Json(
                context,
                new()
                {
                    ["apiVersion"] = kind.ApiVersion,
                    ["kind"] = $"{kind.Kind}List",
                    ["metadata"] = new JsonObject { ["resourceVersion"] = "1" },
                    ["items"] = new JsonArray([
                        .. Objects
                            .List(kind, space, each =>
                                Matches(each, query["labelSelector"], "labels") && MatchesField(each, query["fieldSelector"])
                            )
                            .Select(static each => each.DeepClone()),
                    ]),
                }
            );
        }
    }

    private static bool MatchesField(JsonObject each, string? selector) =>
        selector == "type=Warning" ? (string?)each["type"] == "Warning" : Matches(each, selector, null);

    private static bool Matches(JsonObject each, string? selector, string? under) =>
        string.IsNullOrEmpty(selector)
        || selector
            .Split(',')
            .All(term =>
            {
                var (name, value) = (
                    term[..term.IndexOf('=', StringComparison.Ordinal)],
                    term[(term.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimStart('=')
                );
                var (isOther, label) = (name.EndsWith('!'), name.TrimEnd('!'));
                return (under is null ? (string?)each["metadata"]![label["metadata.".Length..]] : (string?)each["metadata"]![under]?[label])
                        == value
                    != isOther;
            });

    private static (ClusterKind Kind, string? Namespace, string[] Path)? Find(string path)
    {
        var root = Roots.FirstOrDefault(root => path.StartsWith(root + "/", StringComparison.Ordinal));
        var parts = root is null ? [] : path[(root.Length + 1)..].Split('/');
        var (space, rest) = parts is ["namespaces", var name, _, ..] ? (name, parts[2..]) : (null, parts);
        return
            rest is [var plural, ..] && ClusterObjects.Kinds.FirstOrDefault(kind => kind.Root == root && kind.Plural == plural) is { } found
            ? (found, space, rest[1..])
            : null;
    }

    private static IEnumerable<string> Roots => ClusterObjects.Kinds.Select(static kind => kind.Root).Distinct();

    private static JsonObject Groups() =>
        new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "APIGroupList",
            ["groups"] = new JsonArray([
                .. ClusterObjects
                    .Kinds.Where(static kind => kind.Group.Length > 0)
                    .DistinctBy(static kind => kind.Group)
                    .Select(static kind => new JsonObject
                    {
                        ["name"] = kind.Group,
                        ["versions"] = new JsonArray(new JsonObject { ["groupVersion"] = kind.ApiVersion, ["version"] = kind.Version }),
                        ["preferredVersion"] = new JsonObject { ["groupVersion"] = kind.ApiVersion, ["version"] = kind.Version },
                    }),
            ]),
        };

    private static JsonObject Resources(string root) =>
        new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "APIResourceList",
            ["groupVersion"] = ClusterObjects.Kinds.First(kind => kind.Root == root).ApiVersion,
            ["resources"] = new JsonArray([
                .. ClusterObjects
                    .Kinds.Where(kind => kind.Root == root)
                    .Select(static kind => new JsonObject
                    {
                        ["name"] = kind.Plural,
                        ["singularName"] = kind.Kind.ToLowerInvariant(),
                        ["kind"] = kind.Kind,
                        ["namespaced"] = kind.IsNamespaced,
                        ["verbs"] = new JsonArray("create", "delete", "get", "list", "patch", "watch"),
                    }),
            ]),
        };

    // By this kubectl sees that the server refuses unknown fields itself.
    private static JsonObject Schema(string root) =>
        new()
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = "v1.36.0" },
            ["paths"] = new JsonObject(
                ClusterObjects
                    .Kinds.Where(kind => kind.Root == root)
                    .Select(static kind =>
                        KeyValuePair.Create<string, JsonNode?>(
                            $"/{kind.Root}/{kind.Plural}/{{name}}",
                            new JsonObject
                            {
                                ["patch"] = new JsonObject
                                {
                                    ["x-kubernetes-group-version-kind"] = new JsonObject
                                    {
                                        ["group"] = kind.Group,
                                        ["version"] = kind.Version,
                                        ["kind"] = kind.Kind,
                                    },
                                    ["parameters"] = new JsonArray(
                                        new JsonObject { ["name"] = "fieldValidation", ["in"] = "query" },
                                        new JsonObject { ["name"] = "dryRun", ["in"] = "query" }
                                    ),
                                },
                            }
                        )
                    )
            ),
        };

    private static async Task<JsonObject> BodyAsync(HttpRequest request) => (await JsonNode.ParseAsync(request.Body))!.AsObject();

    private static Task Json(HttpContext context, JsonObject answer)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString());
    }

    private static Task RefuseAsync(HttpContext context, int code, string reason, string message)
    {
        context.Response.StatusCode = code;
        return Json(
            context,
            new()
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Status",
                ["status"] = "Failure",
                ["message"] = message,
                ["reason"] = reason,
                ["code"] = code,
            }
        );
    }
}
