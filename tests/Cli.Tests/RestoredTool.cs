using AspireDeploy.Workload;

[assembly: AssemblyFixture(typeof(Cli.Tests.RestoredTool))]

namespace Cli.Tests;

/// <summary>
/// The <c>aspire</c> command, restored once for all tests: where <c>dotnet</c> keeps what it knows of tools is theirs, and not the
/// person's.
/// </summary>
public sealed class RestoredTool : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("aspiredeploy-dotnet-");

    /// <summary>Gets the value of <c>DOTNET_CLI_HOME</c> with which <c>dotnet aspire</c> works.</summary>
    public string DotnetHome => _home.FullName;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await using var restore = ServiceProcess.Command(
            AspireHome.Solution,
            new Dictionary<string, string?> { ["DOTNET_CLI_HOME"] = DotnetHome, ["NUGET_PACKAGES"] = AspireHome.Packages },
            "tool",
            "restore"
        );
        var code = await restore.EndAsync(TestContext.Current.CancellationToken);
        Assert.True(code == 0, restore.Everything());
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _home.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
