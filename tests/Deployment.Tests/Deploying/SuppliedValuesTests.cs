using AspireDeploy.Deploying;
using AspireDeploy.Model;
using AspireDeploy.Targets.Docker;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Tests.Deploying;

public sealed class SuppliedValuesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-supplied-");

    private static readonly DeploymentPlan Plan = new()
    {
        Name = "shop",
        Secrets = [new("made", new SecretGeneration()), new("payment-key", Description: "from the bank")],
        Parameters = [new("region", null), new("size", "1")],
    };

    public SuppliedValuesTests() => File.WriteAllText(Settings, DockerSettings.Write(Plan)!.Content);

    private string Settings => Path.Combine(_folder.FullName, ".env");

    private string Secret => Path.Combine(_folder.FullName, "secrets", "payment-key");

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<string> Supply(params (string Key, string Value)[] configuration) =>
        new SuppliedValues(
            new ConfigurationBuilder()
                .AddInMemoryCollection(configuration.ToDictionary(static each => each.Key, static each => (string?)each.Value))
                .Build()
        ).Supply(_folder.FullName, Plan, DockerSettings.Deployment);

    [Fact]
    public void Supply_NothingConfigured_SaysHowToSupplyEach_ButNotWhatIsMadeOrHasADefault() =>
        Assert.Equal(
            [
                $"the secret payment-key (from the bank): set Parameters__payment-key, or put it into {Secret}",
                $"the parameter region: set Parameters__region, or REGION in {Settings}",
            ],
            Supply()
        );

    [Fact]
    public void Supply_WhatIsConfigured_BecomesAPrivateFileAndASetting()
    {
        Assert.Empty(
            Supply(("Parameters:payment-key", "it's $9"), ("Parameters:region", "north sea"), ("Parameters:made", "this machine's"))
        );

        Assert.Equal("it's $9", File.ReadAllText(Secret));
        Assert.Contains("\nREGION='north sea'\n", File.ReadAllText(Settings), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "secrets", "made")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secret));
    }

    [Fact]
    public void Supply_WhatIsThereAlready_Stays()
    {
        Supply(("Parameters:payment-key", "first"), ("Parameters:region", "north"));

        Assert.Empty(Supply(("Parameters:payment-key", "second"), ("Parameters:region", "south")));

        Assert.Equal("first", File.ReadAllText(Secret));
        Assert.Contains("\nREGION=north\n", File.ReadAllText(Settings), StringComparison.Ordinal);
    }
}
