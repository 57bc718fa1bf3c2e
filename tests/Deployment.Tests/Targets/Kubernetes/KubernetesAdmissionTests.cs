using System.Text.RegularExpressions;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>
/// Describes what a real API server says to every case, when it is asked to make nothing of it: what the schema can't tell, it refuses, and
/// it warns of a pod that the namespace wouldn't admit. Run by those who have a cluster, since it makes a namespace in the current
/// context's, which isn't there before or after.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class KubernetesAdmissionTests : IAsyncLifetime
{
    private const string Variable = "ASPIREDEPLOY_KUBERNETES";
    private const string Namespace = "aspiredeploy-admission";

    private readonly PublishedCase _case = new();
    private bool _isOurs;

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
            Assert.Skip($"It asks the cluster of kubectl's current context: {Variable}=1 says that it may.");
        Assert.Equal((0, "", ""), await _case.TryAsync($"kubectl get namespace {Namespace} --ignore-not-found --output name"));
        _isOurs = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isOurs)
            await _case.RunAsync($"kubectl delete namespace {Namespace} --ignore-not-found");
        _case.Dispose();
    }

    [Fact]
    public async Task Admission_EveryCase_IsWithoutARefusalOrAWarning()
    {
        foreach (var name in KubernetesCases.All.Select(static row => row.Data))
        {
            // The host that a person must choose; a case's own namespace may be somebody's.
            await _case.PublishAsync(name, static content =>
                OfTheCase()
                    .Replace(content, $"$1{Namespace}")
                    .Replace("PUBLIC_HOST=\n", "PUBLIC_HOST=shop.example.org\n", StringComparison.Ordinal)
            );
            await _case.RunAsync(
                $"kubectl apply --filename namespace.yaml && kubectl label namespace {Namespace} --overwrite "
                    + "pod-security.kubernetes.io/warn=$(sed -n 's/.*enforce: //p' namespace.yaml)"
            );

            var (code, output, said) = await _case.TryAsync("kubectl apply --kustomize . --dry-run=server --warnings-as-errors");

            Assert.True((code, said) == (0, ""), $"{name}: {said}");
            Assert.NotEmpty(output);
        }
    }

    [GeneratedRegex(@"((?<=^|\n) *(- )?namespace: |(?<=kind: Namespace\nmetadata:\n)  name: )[a-z-]+")]
    private static partial Regex OfTheCase();
}
