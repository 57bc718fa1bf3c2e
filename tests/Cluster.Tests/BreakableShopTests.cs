namespace AspireDeploy.ClusterTests;

public class BreakableShopTests
{
    [Theory]
    [InlineData("kubernetes", "api/deployment.yaml")]
    [InlineData("nomad", "api.nomad.hcl")]
    public async Task Publish_WithoutACluster_GivesEveryFileOfIt(string target, string file)
    {
        using var shop = new PublishedShop(
            target,
            target == "nomad"
                ? static (shop, builder) => shop.DeclareForNomad(builder)
                : static (shop, builder) => shop.DeclareForKubernetes(builder)
        );

        await shop.PublishAsync(new("7"));

        Assert.Contains(
            "VERSION",
            await File.ReadAllTextAsync(Path.Combine(shop.Folder, file), TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }
}
