using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Targets.Traefik;

namespace AspireDeploy.Targets.Docker;

/// <summary>The network of a Traefik that runs already.</summary>
internal static partial class TraefikNetwork
{
    /// <summary>Gets what a Compose or stack file calls it.</summary>
    internal const string Key = "traefik";

    /// <summary>Returns a network that Docker has under another name, or that only the deployment itself would make.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="traefik">The Traefik.</param>
    internal static IEnumerable<PlanError> Check(DeploymentPlan plan, DockerOptions options, TraefikGateway traefik)
    {
        var path = $"{options.Name}.traefik.network";
        if (!DockerName().IsMatch(traefik.Network))
            yield return new(path, $"\"{traefik.Network}\" is no name of a network; write the one that docker network ls shows");
        var own = DockerNetworks.Create(plan, options);
        if (own.Any(network => DockerNetworks.NameOf(plan, network) == traefik.Network))
            yield return new(
                path,
                $"\"{traefik.Network}\" is a network that this deployment makes for itself, and Traefik's is there before; name "
                    + "that, .WithTraefik(\"NETWORK\")"
            );
        if (own.FirstOrDefault(static network => network.Name == Key) is { } taken)
            yield return new(
                $"{taken.Name}.name",
                $"is what Traefik's network is called in the file, and {taken.Name} has a network of its own; rename {taken.Name}"
            );
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DockerName();
}
