using AspireDeploy.Publishing;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Tests.Publishing;

public sealed class AppHostProjectTests : IDisposable
{
    private readonly DirectoryInfo _solution = Directory.CreateTempSubdirectory("aspiredeploy-solution-");

    public AppHostProjectTests() => File.WriteAllText(Path.Combine(_solution.FullName, "My_Shop.sln"), "");

    public void Dispose() => _solution.Delete(recursive: true);

    private string AppHost => _solution.CreateSubdirectory("AppHost").FullName;

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();

    [Theory]
    [InlineData("AppHost", "my-shop")]
    [InlineData("Store.AppHost", "store")]
    [InlineData("StoreAppHost", "store")]
    [InlineData("Acme.Store.AppHost", "acme-store")]
    [InlineData("Store", "store")]
    public void Options_TheApplicationsName_IsItsAppHostsOrItsSolutions(string project, string name) =>
        Assert.Equal(name, new AppHostProject(project, AppHost, null).Options(Configuration()).Application);

    // Two applications of one name would be one to an engine.
    [Theory]
    [InlineData("Notes/AppHost", "notes")]
    [InlineData("My Notes", "my-notes")]
    public void Options_TheApplicationsName_WithoutASolution_IsItsFolders(string folder, string name)
    {
        File.Delete(Path.Combine(_solution.FullName, "My_Shop.sln"));

        Assert.Equal(
            name,
            new AppHostProject("apphost", _solution.CreateSubdirectory(folder).FullName, null).Options(Configuration()).Application
        );
    }

    [Fact]
    public void Options_TheSolution_IsTheNearestAbove() =>
        Assert.Equal(_solution.FullName, new AppHostProject("AppHost", AppHost, null).Options(Configuration()).SolutionDirectory);

    [Fact]
    public void Options_TheVersion_IsTheAssemblys_WithoutTheCommit() =>
        Assert.Equal("0.1.0", new AppHostProject("AppHost", AppHost, typeof(AppHostProject).Assembly).Options(Configuration()).Version);

    [Fact]
    public void Options_WhatTheConfigurationSays_Wins()
    {
        var options = new AppHostProject("AppHost", AppHost, null).Options(
            Configuration(("Deployment:Name", "other"), ("Deployment:Version", "2"))
        );

        Assert.Equal(("other", "2"), (options.Application, options.Version));
    }

    [Fact]
    public void Options_WithoutASolution_FilesComeFromTheRepository_AndElseFromTheAppHosts()
    {
        File.Delete(Path.Combine(_solution.FullName, "My_Shop.sln"));
        var folder = _solution.CreateSubdirectory("src/AppHost").FullName;
        var project = new AppHostProject("AppHost", folder, null);
        Assert.Equal(folder, project.Options(Configuration()).SolutionDirectory);

        _solution.CreateSubdirectory(".git");

        Assert.Equal(_solution.FullName, project.Options(Configuration()).SolutionDirectory);
    }
}
