using AspireDeploy.Workload;

namespace AspireDeploy.ClusterTests;

/// <summary>A pod that no declaration knows of, which serves on <see cref="Port"/> and tries to reach others.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
internal sealed record Stranger(string Namespace, string Name)
{
    internal const int Port = 8080;

    // A plugin may take a while to hear of a pod or a policy.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Starts one, and waits until it is ready.</summary>
    /// <param name="where">Its namespace.</param>
    /// <param name="name">Its name, and its value of the label <c>stranger</c>.</param>
    /// <param name="workload">The workload of the shop whose labels it has too; null: none.</param>
    internal static async Task<Stranger> StartAsync(string where, string name, string? workload = null)
    {
        var disguise = workload is null
            ? ""
            : $", \"app.kubernetes.io/name\": \"{workload}\", \"app.kubernetes.io/part-of\": \"{BreakableShop.Name}\"";
        await ApplyAsync(
            $$"""
            {
              "apiVersion": "v1", "kind": "Pod",
              "metadata": { "namespace": "{{where}}", "name": "{{name}}", "labels": { "stranger": "{{name}}"{{disguise}} } },
              "spec": {
                "automountServiceAccountToken": false, "terminationGracePeriodSeconds": 0,
                "securityContext": { "runAsNonRoot": true, "runAsUser": 1000, "runAsGroup": 1000, "seccompProfile": { "type": "RuntimeDefault" } },
                "containers": [ {
                  "name": "stranger", "image": "caddy:2.11.4-alpine", "command": [ "caddy", "respond", "--listen", ":{{Port}}" ],
                  "resources": { "requests": { "cpu": "10m", "memory": "32Mi" }, "limits": { "memory": "128Mi" } },
                  "securityContext": { "allowPrivilegeEscalation": false, "capabilities": { "drop": [ "ALL" ] } }
                } ]
              }
            }
            """
        );
        await Terminal.RunAsync("kubectl", "--namespace", where, "wait", $"pod/{name}", "--for", "condition=Ready", "--timeout", "3m");
        return new(where, name);
    }

    /// <summary>
    /// Skips the test where a policy changes nothing: not by what the cluster says of itself, but by a policy of Kubernetes' own page and
    /// two pods.
    /// </summary>
    /// <param name="where">The namespace for it.</param>
    internal static async Task RequireEnforcementAsync(string where)
    {
        var server = await StartAsync(where, "server");
        var client = await StartAsync(where, "client");
        var address = await server.AddressAsync();
        await Until.TrueAsync(
            () => client.ReachesAsync(address, Port),
            Timeout,
            static () => "No pod reaches another one in this cluster.",
            TestContext.Current.CancellationToken
        );
        await ApplyAsync(
            $$$"""
            {
              "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": { "namespace": "{{{where}}}", "name": "nobody" },
              "spec": { "podSelector": { "matchLabels": { "stranger": "server" } }, "policyTypes": [ "Ingress" ] }
            }
            """
        );
        try
        {
            await Until.TrueAsync(
                async () => !await client.ReachesAsync(address, Port),
                Timeout,
                static () => "",
                TestContext.Current.CancellationToken
            );
        }
        catch (TimeoutException)
        {
            Assert.Skip(
                "This cluster enforces no NetworkPolicy: a pod that one closes was reached for 30 s. Its network plugin needs to, "
                    + "or another one beside it."
            );
        }
    }

    /// <summary>Returns whether it reaches somebody.</summary>
    internal Task<bool> ReachesAsync(string address, int port) => ReachesAsync(Namespace, $"pod/{Name}", address, port);

    /// <summary>Returns whether a pod reaches somebody, by a connection within five seconds.</summary>
    /// <param name="where">The pod's namespace.</param>
    /// <param name="pod">The pod, or what has some: <c>deployment/api</c>.</param>
    /// <param name="address">Whom, by address: nobody needs to be told names for it.</param>
    /// <param name="port">Where.</param>
    internal static async Task<bool> ReachesAsync(string where, string pod, string address, int port) =>
        (
            await Terminal.TryAsync(
                Environment.CurrentDirectory,
                "kubectl",
                "--namespace",
                where,
                "exec",
                pod,
                "--",
                "nc",
                "-w",
                "5",
                address,
                $"{port}"
            )
        ).Code == 0;

    /// <summary>Returns its address.</summary>
    internal Task<string> AddressAsync() =>
        Terminal.RunAsync("kubectl", "--namespace", Namespace, "get", "pod", Name, "--output", "jsonpath={.status.podIP}");

    private static async Task ApplyAsync(string manifest)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, manifest, TestContext.Current.CancellationToken);
            await Terminal.RunAsync("kubectl", "apply", "--filename", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
