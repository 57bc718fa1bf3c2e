using AspireDeploy.Model;
using AspireDeploy.Writers.Hcl;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Describes what a token must be allowed to do that deploys this and nothing else.
/// (https://developer.hashicorp.com/nomad/docs/other-specifications/acl-policy)
/// </summary>
internal static class NomadPolicy
{
    /// <summary>Gets its path.</summary>
    internal const string Path = "acl-policy.hcl";

    internal static PublishedFile Write(DeploymentPlan plan, NomadOptions options)
    {
        var application = plan.Name.ToLowerInvariant();
        var variables = new HclBody
        {
            {
                ["path", $"nomad/jobs/{application}-*"],
                new HclBody { { "capabilities", (string[])["list", "read", "write", "destroy"] } }
            },
        };
        var space = new HclBody
        {
            { "policy", "write" },
            { "capabilities", options.CsiPlugin is null ? ["host-volume-delete"] : (string[])["csi-write-volume"] },
            { ["variables"], variables },
        };
        // Those who may read clients find out beforehand what they lack.
        var body = new HclBody
        {
            { ["namespace", options.Namespace], space },
            {
                ["node"],
                new HclBody { { "policy", "read" } }
            },
        };
        // Without this a job may be run that mounts a volume, and is refused where it does.
        if (options.CsiPlugin is null)
            body.Add(["host_volume", $"{application}-*"], new HclBody { { "policy", "write" } });
        return new(
            Path,
            HclWriter.Write(
                body,
                $"What a token must be allowed to deploy {plan.Name}: nomad acl policy apply {application} {Path}\nMade by "
                    + "publishing: change the AppHost, not this file."
            )
        );
    }
}
