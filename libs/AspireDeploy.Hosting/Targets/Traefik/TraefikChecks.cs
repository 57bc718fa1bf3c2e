using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Traefik;

/// <summary>Describes what must hold of what a declaration says of a Traefik that runs already.</summary>
internal static partial class TraefikChecks
{
    /// <summary>Returns names that stand in labels and scripts as they are.</summary>
    /// <param name="target">The target's name.</param>
    /// <param name="traefik">The Traefik.</param>
    internal static IEnumerable<PlanError> Names(string target, TraefikGateway traefik)
    {
        foreach (
            var (name, argument) in ((string, string)[])
                [
                    (traefik.HttpEntryPoint, "httpEntryPoint"),
                    (traefik.HttpsEntryPoint, "httpsEntryPoint"),
                    (traefik.CertificateResolver, "certificateResolver"),
                ]
        )
        {
            if (!Name().IsMatch(name))
                yield return new(
                    $"{target}.traefik.{argument}",
                    $"\"{name}\" is no name of Traefik's; write the one in its own configuration, of letters, digits, - and _"
                );
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
