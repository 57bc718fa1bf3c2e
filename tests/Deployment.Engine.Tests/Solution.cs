using System.Diagnostics;
using Aspire.Hosting;
using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>The solution's own declaration, with ports that are free, and its images.</summary>
internal static class Solution
{
    /// <summary>The repository's folder.</summary>
    internal static string Directory { get; } = Find();

    /// <summary>What <c>AppHost/Program.cs</c> declares.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="folder">Where it is published, for the gateway's ports.</param>
    /// <param name="migratorArguments">Arguments of the migrator: one that it doesn't know makes it fail.</param>
    /// <param name="apiMark">A variable of the API that makes a new version of it.</param>
    internal static void Declare(IDistributedApplicationBuilder builder, PublishedFolder folder, string[]? migratorArguments = null, string apiMark = "1")
    {
        var catalog = builder.AddPostgres("postgres").WithDataVolume("postgres-data").AddDatabase("catalog");
        var cache = builder.AddRedis("cache");
        var migrator = builder.AddProject("migrator", Path.Combine(Directory, "Migrator", "Migrator.csproj")).WithReference(catalog).WaitFor(catalog).WithArgs(migratorArguments ?? []);
        var api = builder.AddProject("api", Path.Combine(Directory, "Api", "Api.csproj")).WithReference(catalog).WithReference(cache).WaitFor(cache).WaitForCompletion(migrator)
            .WithReplicas(3).WithHttpHealthCheck("/health").WithMemory("512Mi", "64Mi").WithEnvironment("MARK", apiMark);
        builder.AddGateway<EdgeProject>("gateway").WithRoute("/", api).WithHttps().WithPublicPorts(folder.HttpPort, folder.HttpsPort);
    }

    /// <summary>Builds the images of the API and the migrator, as publishing names them.</summary>
    internal static async Task BuildImagesAsync(DockerEngine engine, string application)
    {
        foreach (var project in (string[])["Api", "Migrator"])
        {
            var start = new ProcessStartInfo("dotnet",
                [
                    "publish", Path.Combine(Directory, project, $"{project}.csproj"), "--configuration", "Release", "--nologo", "--verbosity", "quiet", "-target:PublishContainer",
                    $"-property:ContainerRepository={application}-{project.ToLowerInvariant()}", "-property:ContainerImageTag=1", $"-property:ContainerBaseImage={engine.BaseImages}/dotnet/aspnet:10.0",
                    "-property:RuntimeIdentifier=linux-x64", "-property:LocalRegistry=Docker",
                ])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            foreach (var (name, value) in engine.Environment) start.Environment[name] = value;
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"The image of {project} can't be built: {await output}{await errors}");
        }
    }

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AspireDeploy.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The solution isn't above the tests' output.");
    }

    internal sealed class EdgeProject : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Directory, "Gateway", "Gateway.csproj");
    }
}
