using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>Describes what is chosen of the target, and what is refused of that where it is declared.</summary>
public class AzureChoiceTests
{
    [Theory]
    [InlineData("10.8.0.0/20", "10.8.0.0/23", "10.8.2.0/27", "10.8.2.32/27")]
    [InlineData("192.168.252.0/22", "192.168.252.0/23", "192.168.254.0/27", "192.168.254.32/27")]
    public void AddressRange_HoldsTheSubnets(string range, string apps, string postgres, string endpoints)
    {
        var network = AddressRange.Parse(range)!;

        Assert.Equal((range, apps, postgres, endpoints), (network.Text, network.Apps, network.Postgres, network.Endpoints));
    }

    [Theory]
    [InlineData("10.0.0.0/24")]
    [InlineData("10.0.0.1/16")]
    [InlineData("172.30.0.0/16")]
    [InlineData("172.16.0.0/12")]
    [InlineData("100.100.0.0/20")]
    [InlineData("fd00::/16")]
    [InlineData("ten")]
    public void AddressRange_ThatNoEnvironmentMayHave_IsRefused(string range) =>
        Assert.Equal(
            $"azure.addressRange: \"{range}\" isn't a range that a network may have; write one of IPv4 between /8 and /22 that begins at "
                + "its first address and leaves out 169.254.0.0/16, 172.30.0.0/15, 192.0.2.0/24 and 100.100.0.0/16, like 10.8.0.0/20",
            Assert.Throws<DistributedApplicationException>(() => Declared(azure => azure.WithAddressRange(range))).Message
        );

    [Theory]
    [InlineData(
        "West Europe",
        "azure.location: \"West Europe\" is no region's name; write one like westeurope (az account list-locations --query [].name)"
    )]
    [InlineData("", "azure.location: \"\" is no region's name; write one like westeurope (az account list-locations --query [].name)")]
    public void Location_ThatIsNoName_IsRefused(string location, string refusal) =>
        Assert.Equal(
            refusal,
            Assert.Throws<DistributedApplicationException>(() => Declared(azure => azure.WithLocation(location))).Message
        );

    [Theory]
    [InlineData("rg.")]
    [InlineData("-rg")]
    [InlineData("rg shop")]
    public void ResourceGroup_ThatIsNoName_IsRefused(string group) =>
        Assert.Equal(
            $"azure.resourceGroup: \"{group}\" can't name a resource group; write up to 90 letters, digits, hyphens, underscores, periods "
                + "and "
                + "parentheses, no hyphen first and no period last",
            Assert.Throws<DistributedApplicationException>(() => Declared(azure => azure.WithResourceGroup(group))).Message
        );

    [Theory]
    [InlineData(
        "cost/center",
        "7",
        "azure.tags: \"cost/center\" can't name a tag; write up to 128 letters without <, >, %, &, \\, ? and /"
    )]
    [InlineData("note", "two\nlines", "azure.tags: \"two\nlines\" can't be the value of note; write up to 256 letters in one line")]
    [InlineData("Aspire-Deploy", "x", "azure.tags: has Aspire-Deploy already; take one away")]
    public void Tag_ThatAzureDoesNotTake_IsRefused(string name, string value, string refusal) =>
        Assert.Equal(refusal, Assert.Throws<DistributedApplicationException>(() => Declared(azure => azure.WithTag(name, value))).Message);

    private static void Declared(Action<Aspire.Hosting.ApplicationModel.IResourceBuilder<AzureContainerAppsTargetResource>> choose) =>
        choose(
            DistributedApplication.CreateBuilder(["--operation", "publish", "--step", "publish-azure"]).AddAzureContainerAppsTarget("azure")
        );
}
