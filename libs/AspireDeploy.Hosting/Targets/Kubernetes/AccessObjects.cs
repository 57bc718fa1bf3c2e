using AspireDeploy.Model;
using AspireDeploy.Writers.Yaml;

namespace AspireDeploy.Targets.Kubernetes;

/// <summary>
/// Describes who a workload's pods are to the cluster: an account without a token, and for those that wait, leave to read what they wait
/// for.
/// </summary>
internal sealed class AccessObjects(KubernetesFile file, PodWaits waits)
{
    internal IEnumerable<PublishedFile> Write(Workload workload)
    {
        yield return file.Write(
            workload.Label,
            "service-account",
            "v1 ServiceAccount",
            workload.Label,
            new YamlMap { { "automountServiceAccountToken", false } },
            $"Who {workload.Name} is to the cluster. Its containers see no token."
        );
        if (workload.Dependencies.IsEmpty)
            yield break;
        yield return file.Write(
            workload.Label,
            "role",
            "rbac.authorization.k8s.io/v1 Role",
            workload.Label,
            new YamlMap { { "rules", waits.Rules(workload) } },
            $"What {workload.Name} waits for, to be read and nothing else."
        );
        var binding = new YamlMap
        {
            {
                "roleRef",
                new YamlMap
                {
                    { "apiGroup", "rbac.authorization.k8s.io" },
                    { "kind", "Role" },
                    { "name", workload.Label },
                }
            },
            {
                "subjects",
                new YamlList
                {
                    new YamlMap
                    {
                        { "kind", "ServiceAccount" },
                        { "name", workload.Label },
                        { "namespace", file.Namespace },
                    },
                }
            },
        };
        yield return file.Write(
            workload.Label,
            "role-binding",
            "rbac.authorization.k8s.io/v1 RoleBinding",
            workload.Label,
            binding,
            $"{workload.Name} may read what it waits for."
        );
    }
}
