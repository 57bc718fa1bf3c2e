using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Docker;

/// <summary>What must hold of what a declaration says of a Traefik that runs already.</summary>
internal static partial class TraefikChecks
{
    /// <summary>What the file calls Traefik's network.</summary>
    internal const string NetworkKey = "traefik";

    /// <summary>Names that stand in labels and scripts as they are.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="traefik">The Traefik.</param>
    internal static IEnumerable<PlanError> Names(string target, TraefikGateway traefik)
    {
        foreach (var (name, argument) in ((string, string)[])[(traefik.HttpEntryPoint, "httpEntryPoint"), (traefik.HttpsEntryPoint, "httpsEntryPoint"), (traefik.CertificateResolver, "certificateResolver")])
        {
            if (!Name().IsMatch(name)) yield return new($"{target}.traefik.{argument}", $"\"{name}\" is no name of Traefik's; write the one in its own configuration, of letters, digits, - and _");
        }
    }

    /// <summary>A network that Docker has under another name, or that only the deployment itself would make.</summary>
    /// <param name="plan">The plan, by the name that it is deployed under.</param>
    /// <param name="options">What was chosen of the target.</param>
    /// <param name="traefik">The Traefik.</param>
    internal static IEnumerable<PlanError> Network(DeploymentPlan plan, DockerOptions options, TraefikGateway traefik)
    {
        var path = $"{options.Name}.traefik.network";
        if (!DockerName().IsMatch(traefik.Network))
            yield return new(path, $"\"{traefik.Network}\" is no name of a network; write the one that docker network ls shows");
        var own = DockerNetworks.Of(plan, options);
        if (own.Any(network => DockerNetworks.NameOf(plan, network) == traefik.Network))
            yield return new(path, $"\"{traefik.Network}\" is a network that this deployment makes for itself, and Traefik's is there before; name that, .WithTraefik(\"NETWORK\")");
        if (own.FirstOrDefault(static network => network.Name == NetworkKey) is { } taken)
            yield return new($"{taken.Name}.name", $"is what Traefik's network is called in the file, and {taken.Name} has a network of its own; rename {taken.Name}");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DockerName();
}
