using Aspire.Hosting;

namespace AspireDeploy.ClusterTests;

/// <summary>The folder that a target is published to, and its scripts.</summary>
/// <param name="target">The target's name.</param>
/// <param name="declare">Declares a version of the shop for it.</param>
internal sealed class PublishedShop(string target, Action<BreakableShop, IDistributedApplicationBuilder> declare) : IDisposable
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-cluster-");

    /// <summary>Gets the target's folder.</summary>
    internal string Folder => Path.Combine(_output.FullName, target);

    public void Dispose() => _output.Delete(recursive: true);

    /// <summary>Publishes a version of the shop.</summary>
    internal async Task PublishAsync(BreakableShop shop)
    {
        Terminal.Say($"publish version {shop.Version}, whose job runs \"{shop.Migration}\"");
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                Args =
                [
                    "--operation",
                    "publish",
                    "--step",
                    $"publish-{target}",
                    "--output-path",
                    _output.FullName,
                    "--Deployment:Name",
                    BreakableShop.Name,
                    "--Deployment:Version",
                    shop.Version,
                ],
                DisableDashboard = true,
                ProjectDirectory = AppContext.BaseDirectory,
            }
        );
        declare(shop, builder);
        await using var application = builder.Build();
        await application.RunAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Publishes a version of the shop and deploys it, which goes well.</summary>
    internal async Task DeployAsync(BreakableShop shop)
    {
        await PublishAsync(shop);
        await SucceedAsync("deploy.sh");
    }

    /// <summary>Runs one of the folder's scripts, which ends well.</summary>
    internal async Task<string> SucceedAsync(string script, params string[] arguments)
    {
        var outcome = await TryAsync(script, arguments);
        Assert.True(outcome.Code == 0, $"{script} ended with {outcome.Code}: {outcome.Errors}");
        return outcome.Output;
    }

    /// <summary>Runs one of the folder's scripts.</summary>
    internal Task<Outcome> TryAsync(string script, params string[] arguments) =>
        Terminal.TryAsync(Folder, ["sh", $"./{script}", .. arguments]);
}
