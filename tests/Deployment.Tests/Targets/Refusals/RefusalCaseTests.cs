using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Refusals;

/// <summary>
/// Plans that some target refuses, each with everything that every target says of it: the resource, the value and the way out; and with
/// what Azure says where more is chosen, if that is something else. With <c>UPDATE_EXPECTED=1</c> the test writes what it got into the
/// file.
/// </summary>
public class RefusalCaseTests
{
    private const string Folder = "Targets/Refusals/Cases";

    // Every target as it is without any choice made, and Azure where it runs servers itself and where it has a domain.
    private static readonly (string Title, ITarget Target)[] All =
    [
        .. TargetCatalog.All.Select(static target => (target.Name, target)),
        ("azure-with-servers-of-its-own", new AzureContainerAppsTarget(new() { Postgres = new(), Redis = new() })),
        ("azure-with-a-domain", new AzureContainerAppsTarget(new() { CustomDomain = new(null, "shop") })),
    ];

    public static TheoryData<string> Names => TargetCase.In(Folder);

    [Theory]
    [MemberData(nameof(Names))]
    public void Publish_APlanThatATargetRefuses_IsRefusedAsItSays(string name)
    {
        var path = Path.Combine(TargetCase.Project, Folder, name + ".txt");
        var written = File.ReadAllText(path).Split("==> ")[0];
        var plan = PlanJson.Read(written);

        var said = All.Select(each => (each.Title, Said: Said(plan, each.Target))).ToList();
        var ofAzure = said.Single(static each => each.Title == "azure").Said;
        TargetCase.Compare(
            path,
            written
                + string.Concat(
                    said.Where(each => !each.Title.StartsWith("azure-", StringComparison.Ordinal) || each.Said != ofAzure)
                        .Select(static each => $"==> {each.Title}\n{each.Said}\n")
                )
        );
    }

    private static string Said(DeploymentPlan plan, ITarget target)
    {
        try
        {
            Publication.Create(plan, target, []);
            return "is published";
        }
        catch (PlanException refused)
        {
            return string.Join('\n', refused.Errors);
        }
    }
}
