using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Nomad;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>The cases, and what is chosen of the target in each.</summary>
internal static class NomadCases
{
    internal const string Folder = "Targets/Nomad/Cases";

    public static TheoryData<string> All => TargetCase.InAndAppHost(Folder);

    internal static IEnumerable<PublishedFile> FilesOf(string name) =>
        name == TargetCase.AppHost
            ? TargetCase.FilesOfAppHost("nomad")
            : Publication.Create(TargetCase.PlanOf(Folder, name), TargetOf(name), []).Files;

    internal static NomadTarget TargetOf(string name)
    {
        var options = new NomadOptions { HostNetwork = "private" };
        return new(
            name switch
            {
                "data" => options with { CsiPlugin = "ceph" },
                "replicas" => options with { MegahertzPerCore = 2000 },
                "secrets" => options with { Namespace = "shops" },
                "traefik" => options with { Traefik = new("none") },
                "traefik-routes" => options with { Traefik = new("none") { Version = new(3, 7) } },
                _ => options,
            }
        );
    }
}
