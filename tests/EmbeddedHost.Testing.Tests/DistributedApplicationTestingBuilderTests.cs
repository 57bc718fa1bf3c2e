using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Testing.Tests;

public class DistributedApplicationTestingBuilderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_AnAppHost_HasWhatItDeclares()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Token);

        Assert.Superset(new HashSet<string> { "postgres", "catalog", "cache", "migrator", "api" }, builder.Resources.Select(r => r.Name).ToHashSet());
        Assert.Equal(Projects.AppHost.ProjectPath, builder.AppHostDirectory);
        Assert.Equal("AppHost", builder.AppHostAssembly?.GetName().Name);
    }

    [Fact]
    public async Task CreateAsync_UnlessToldOtherwise_IsolatesTheRun()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Token);
        await using var app = await builder.BuildAsync(Token);

        Assert.Equal("true", builder.Configuration["AppHost:Isolated"]);
        Assert.Equal("true", builder.Configuration["DcpPublisher:RandomizePorts"]);
        Assert.True(app.Services.GetRequiredService<DistributedApplicationOptions>().DisableDashboard);
    }

    [Fact]
    public async Task CreateAsync_WithoutAnEnvironment_TakesThatOfTheLaunchProfile()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Token);
        await using var told = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--environment", "Staging"], Token);

        Assert.Equal("http", builder.Configuration["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal(Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Development", builder.Environment.EnvironmentName);
        Assert.Equal("Staging", told.Environment.EnvironmentName);
    }

    [Fact]
    public async Task CreateAsync_UnknownLaunchProfile_IsSaid()
    {
        var mistake = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["DOTNET_LAUNCH_PROFILE=nonsense"], Token));

        Assert.Equal("The AppHost 'AppHost' has no launch profile 'nonsense'. It has 'http'.", mistake.Message);
    }

    [Fact]
    public async Task CreateAsync_Configured_TakesThatInsteadAndTheArgumentsTooEvenUnknownOnes()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--colour", "green", "AppHost:Isolated=false", "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true"], (options, _) => options.DisableDashboard = false, Token);
        await using var app = await builder.BuildAsync(Token);

        Assert.Equal(("green", "false"), (builder.Configuration["colour"], builder.Configuration["AppHost:Isolated"]));
        Assert.False(app.Services.GetRequiredService<DistributedApplicationOptions>().DisableDashboard);
    }

    [Fact]
    public async Task BuildAsync_WhatTheTestAdds_IsPartOfTheApplication()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Token);
        builder.AddExecutable("extra", "true", ".");

        await using var app = await builder.BuildAsync(Token);

        Assert.Contains(app.Services.GetRequiredService<DistributedApplicationModel>().Resources, r => r.Name == "extra");
    }

    [Fact]
    public async Task BuildAsync_AMistakeInTheDeclaration_ComesOutAsItIs()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Token);
        builder.CreateResourceBuilder<ProjectResource>("migrator").WaitFor(builder.CreateResourceBuilder<ProjectResource>("api"));

        var mistake = await Assert.ThrowsAsync<DistributedApplicationException>(() => builder.BuildAsync(Token));

        Assert.Contains("circle", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_AMistakeInTheEntryPoint_ComesOutAsItIs()
    {
        var mistake = await Assert.ThrowsAsync<DistributedApplicationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--backing-services", "Cloud"], Token));

        Assert.Equal("BackingServices is 'Cloud': it can be 'Process' or 'Container'.", mistake.Message);
    }

    [Fact]
    public async Task CreateAsync_AssemblyWithoutEntryPoint_IsSaid()
    {
        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync<DistributedApplication>(Token));

        Assert.Contains("'EmbeddedHost', the assembly of Aspire.Hosting.DistributedApplication, has no entry point", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_EntryPointThatBuildsNothing_IsSaid()
    {
        var migrator = System.Reflection.Assembly.Load("Migrator").EntryPoint!.DeclaringType!;

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync(migrator, ["--help"], Token));

        Assert.Equal("The entry point of 'Migrator' ended before it built an application.", mistake.Message);
    }

    [Fact]
    public async Task CreateAsync_SeveralAtOnce_KeepApart()
    {
        var builders = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([$"number={i}"], Token)));

        Assert.Equal(["0", "1", "2", "3"], builders.Select(b => b.Configuration["number"]));
        foreach (var builder in builders)
        {
            await builder.DisposeAsync();
        }
    }

    [Fact]
    public async Task Create_ADeclarationOfItsOwn_RunsIt()
    {
        AspireDeploy.Engines.SolutionTools.Require();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.AddExecutable("hello", "/bin/sh", ".", "-c", "echo hello");

        await using var app = await builder.BuildAsync(Token);
        await app.StartAsync(Token);

        var finished = await app.ResourceNotifications.WaitForResourceAsync("hello", e => e.Snapshot.ExitCode is not null, Token).WaitAsync(TimeSpan.FromMinutes(2), Token);
        Assert.Equal((KnownResourceStates.Finished, 0), (finished.Snapshot.State?.Text, finished.Snapshot.ExitCode));
    }
}
