using AspireDeploy.Workload;

[assembly: AssemblyFixture(typeof(AppHost.Process.Tests.RestoredTool))]

namespace AppHost.Process.Tests;

/// <summary>
/// Restores the <c>aspire</c> command once for all tests, into a place of theirs: whoever runs them may never have done it.
/// </summary>
public sealed class RestoredTool : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("aspiredeploy-dotnet-");

    /// <summary>Gets the value of <c>DOTNET_CLI_HOME</c> with which <c>dotnet aspire</c> works.</summary>
    public static string DotnetHome { get; private set; } = "";

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        DotnetHome = _home.FullName;
        await using var restore = ServiceProcess.Command(
            AspireOnce.Solution,
            new Dictionary<string, string?> { ["DOTNET_CLI_HOME"] = DotnetHome },
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
