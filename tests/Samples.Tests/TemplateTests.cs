using AspireDeploy.Workload;

namespace AspireDeploy.SampleTests;

/// <summary>The template: installed into a place of its own, created under a name, built on the packages, published.</summary>
public sealed class TemplateTests(PackedLibrary library)
{
    [Fact]
    public async Task Solution_OfTheTemplate_HasItsOwnName_BuildsAndPublishesForEveryTarget()
    {
        var hive = Path.Combine(library.Samples, "hive");
        await RunAsync(library.Samples, "new", "install", library.PackageOf("AspireDeploy.Templates"), "--debug:custom-hive", hive);
        await RunAsync(library.Samples, "new", "aspiredeploy", "--name", "Acme.Shop", "--debug:custom-hive", hive);

        var folder = Path.Combine(library.Samples, "Acme.Shop");
        Assert.All(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(static file => file.Contains("AspireDeploy", StringComparison.Ordinal) || File.ReadAllText(file).Contains("AspireDeploy", StringComparison.Ordinal)),
            file => Assert.Contains(Path.GetFileName(file), (string[])["AppHost.csproj", "Directory.Packages.props"]));
        Assert.StartsWith("name: acme-shop", (await File.ReadAllLinesAsync(Path.Combine(folder, "azure.yaml"), Token)).First(static line => !line.StartsWith('#')), StringComparison.Ordinal);

        await RunAsync(folder, "build", "Acme.Shop.slnx", "-property:Precompile=false", "--nologo", "--verbosity", "quiet");
        await RunAsync(folder, "run", "--no-build", "--project", "AppHost", "--", "--operation", "publish", "--output-path", Path.Combine(folder, "out"));
        Assert.Equal(["azure", "compose", "kubernetes", "nomad", "swarm"], Directory.EnumerateDirectories(Path.Combine(folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task RunAsync(string folder, params string[] command)
    {
        await using var run = ServiceProcess.Command(folder, library.Environment, command);
        Assert.True(await run.EndAsync(Token) == 0, run.Everything());
    }
}
