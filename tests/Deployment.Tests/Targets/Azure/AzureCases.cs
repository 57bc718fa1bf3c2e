using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>The cases, and what is chosen of the target in each.</summary>
internal static class AzureCases
{
    internal const string Folder = "Targets/Azure/Cases";

    internal static DeploymentPlan PlanOf(string name) => TargetCase.PlanOf(Folder, name);

    internal static AzureContainerAppsTarget TargetOf(string name) => new(OptionsOf(name));

    internal static IEnumerable<PublishedFile> FilesOf(string name) =>
        name == TargetCase.AppHost ? TargetCase.FilesOfAppHost("azure") : Publication.Create(PlanOf(name), TargetOf(name), []).Files;

    private static AzureContainerAppsOptions OptionsOf(string name) =>
        name switch
        {
            "https" => new() { CustomDomain = new(null, "shop") },
            "managed" => new()
            {
                Postgres = new()
                {
                    Sku = "Standard_D2ds_v5",
                    Tier = "GeneralPurpose",
                    StorageGibibytes = 128,
                },
                Redis = new(),
                Tags = [("team", "it's ours")],
                Network = AddressRange.Parse("10.8.0.0/20")!,
                Location = "westeurope",
                ResourceGroup = "shop-west",
            },
            "solution" => new()
            {
                Name = "azure-west",
                Postgres = new(),
                CustomDomain = new(null, "certificates/shop"),
            },
            _ => new(),
        };
}
