using AspireDeploy.Targets.Nomad;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>The cases, and what is chosen of the target in each.</summary>
internal static class NomadCases
{
    internal const string Folder = "Targets/Nomad/Cases";

    internal static NomadTarget TargetOf(string name)
    {
        var options = new NomadOptions { HostNetwork = "private" };
        return new(name switch
        {
            "data" => options with { CsiPlugin = "ceph" },
            "replicas" => options with { MegahertzPerCore = 2000 },
            "secrets" => options with { Namespace = "shops" },
            "traefik" => options with { Traefik = new("none") },
            _ => options,
        });
    }
}
