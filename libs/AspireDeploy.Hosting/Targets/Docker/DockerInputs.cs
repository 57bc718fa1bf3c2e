using AspireDeploy.Model;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes what a person supplies before a deployment on Docker.</summary>
internal static class DockerInputs
{
    /// <summary>Settings, secrets, and what a Traefik that serves the gateway must have.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="traefik">The Traefik; null: the deployment has a gateway of its own, or none.</param>
    /// <param name="provider">Which of its providers reads the labels.</param>
    internal static EquatableArray<RequiredInput> Create(DeploymentPlan plan, TraefikGateway? traefik, TraefikProvider provider)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var settings = DockerSettings
            .For(plan)
            .Select(static setting => new RequiredInput(
                setting.Name,
                "`.env`",
                $"{setting.Description} {(setting.Default is null ? "Nothing starts without it." : $"`{setting.Default}` if not set.")}",
                setting.Default is null
            ));
        var secrets = plan.Secrets.Select(static secret =>
            secret.Generation is null
                ? new RequiredInput(
                    $"secrets/{secret.Name}",
                    "a file of mode 0600",
                    secret.Description.Length > 0 ? secret.Description : "a secret value",
                    true
                )
                : new RequiredInput($"secrets/{secret.Name}", "a file of mode 0600", "`./secrets.sh` makes it; keep a copy", false)
        );
        return [.. settings, .. secrets, .. traefik is not null && plan.Gateway is not null ? OfTraefik(plan, traefik, provider) : []];
    }

    private static IEnumerable<RequiredInput> OfTraefik(DeploymentPlan plan, TraefikGateway traefik, TraefikProvider provider)
    {
        var swarm = provider == TraefikProvider.Swarm;
        yield return new(
            traefik.Network,
            "`docker network ls`",
            $"The network that Traefik is on and reaches {(swarm ? "tasks" : "containers")} by: `docker network create "
                + $"{(swarm ? "--driver overlay " : "")}{traefik.Network}` before Traefik and this are started.",
            true
        );
        foreach (var input in TraefikInputs.Create(plan, traefik, provider, $"`--providers.{provider.Name}=true`"))
            yield return input;
    }
}
