using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

/// <summary>The solution's own declaration, with ports that are free, and its images.</summary>
internal static class Solution
{
    // Two builds of a project at once write the same files.
    private static readonly SemaphoreSlim OneBuild = new(1, 1);

    /// <summary>Gets the repository's folder.</summary>
    internal static string Directory { get; } = Find();

    /// <summary>What <c>AppHost/Program.cs</c> declares, with a database that is slow to become ready for the first time.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="folder">Where it is published, for the gateway's ports.</param>
    /// <param name="migratorArguments">Arguments of the migrator: one that it doesn't know makes it fail.</param>
    /// <param name="apiMark">A variable of the API that makes a new version of it.</param>
    internal static void Declare(
        IDistributedApplicationBuilder builder,
        PublishedFolder folder,
        string[]? migratorArguments = null,
        string apiMark = "1"
    )
    {
        var catalog = builder
            .AddPostgres("postgres")
            .WithDataVolume("postgres-data")
            .WithBindMount(
                Path.Combine(Directory, "tests", "Deployment.Engine.Tests", "slow-start.sh"),
                "/docker-entrypoint-initdb.d/slow-start.sh",
                isReadOnly: true
            )
            .AddDatabase("catalog");
        var cache = builder.AddRedis("cache");
        var migrator = builder
            .AddProject("migrator", Path.Combine(Directory, "Migrator", "Migrator.csproj"))
            .WithServiceDefaults()
            .WithReference(catalog)
            .WaitFor(catalog)
            .WithArgs(migratorArguments ?? []);
        var api = builder
            .AddProject("api", Path.Combine(Directory, "Api", "Api.csproj"))
            .WithServiceDefaults()
            .WithReference(catalog)
            .WithReference(cache)
            .WaitFor(cache)
            .WaitForCompletion(migrator)
            .WithReplicas(3)
            .WithHttpHealthCheck("/health")
            .WithMemory("512Mi", "64Mi")
            .WithEnvironment("MARK", apiMark);
        builder.AddGateway<GatewayProject>("gateway").WithRoute("/", api).WithHttps().WithPublicPorts(folder.HttpPort, folder.HttpsPort);
    }

    /// <summary>Builds the images of the API and the migrator, as publishing names them.</summary>
    internal static Task BuildImagesAsync(DockerEngine engine, string application) =>
        BuildAloneAsync(async () =>
        {
            foreach (var project in (string[])["Api", "Migrator"])
            {
                var built = await EngineCommand.RunAsync(
                    engine,
                    Directory,
                    [
                        "dotnet",
                        "publish",
                        Path.Combine(Directory, project, $"{project}.csproj"),
                        "--configuration",
                        "Release",
                        "--nologo",
                        "--verbosity",
                        "quiet",
                        "-target:PublishContainer",
                        $"-property:ContainerRepository={application}-{project.ToLowerInvariant()}",
                        "-property:ContainerImageTag=1",
                        "-property:RuntimeIdentifier=linux-x64",
                        "-property:LocalRegistry=Docker",
                    ],
                    BaseImage(engine)
                );
                Assert.True(built.ExitCode == 0, $"The image of {project} can't be built: {built.Output}");
            }
            return true;
        });

    /// <summary>Returns what a build of images is told, since the official base images are elsewhere here.</summary>
    internal static (string Name, string Value) BaseImage(DockerEngine engine) =>
        ("ContainerBaseImage", $"{engine.BaseImages}/dotnet/aspnet:10.0");

    /// <summary>Does something that builds projects when nobody else does.</summary>
    internal static async Task<T> BuildAloneAsync<T>(Func<Task<T>> build)
    {
        await OneBuild.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await build();
        }
        finally
        {
            OneBuild.Release();
        }
    }

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AspireDeploy.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The solution isn't above the tests' output.");
    }

    internal sealed class GatewayProject : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Directory, "libs", "AspireDeploy.Gateway", "AspireDeploy.Gateway.csproj");
    }
}
