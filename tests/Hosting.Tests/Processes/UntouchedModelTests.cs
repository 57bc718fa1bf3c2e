using AspireDeploy.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Hosting.Tests.Processes;

/// <summary>Describes where servers don't run as processes, and for a target that is declared, nothing of a run may differ.</summary>
public class UntouchedModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--backing-services", "Container")]
    [InlineData("--backing-services", "container")]
    [InlineData("--operation", "publish")]
    public async Task RunAsProcess_ContainersOrPublishing_LeavesTheModelAlone(params string[] arguments)
    {
        var plain = await AnnotationsAsync(asProcess: false, arguments);

        Assert.Equal(plain, await AnnotationsAsync(asProcess: true, arguments));
        Assert.Contains("ledger: ContainerImageAnnotation", plain);
    }

    [Fact]
    public async Task RunAsProcess_InARun_MarksTheServer()
    {
        Assert.Contains("ledger: ServerProgramAnnotation", await AnnotationsAsync(asProcess: true));
    }

    [Fact]
    public async Task Target_InARun_LeavesTheRunAlone()
    {
        var project = Path.Combine(Projects.SmallAppHosts.ProjectPath, "SmallAppHosts.csproj");
        await using var builder = await RunningApp.DeclareAsync(
            builder =>
            {
                builder.AddProject("api", project, options => options.ExcludeLaunchProfile = true).WithReplicas(2);
                builder.AddDockerComposeTarget("compose");
            },
            Cancellation
        );

        Assert.Equal(2, builder.Resources.Single(resource => resource.Name == "api").GetReplicaCount());
        Assert.DoesNotContain(builder.Services, service =>
            service.ServiceType.Namespace!.StartsWith("AspireDeploy.Local", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(builder.Services, service =>
            service.ImplementationType?.Namespace?.StartsWith("AspireDeploy.Local", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public async Task Manifest_WithAndWithout_IsTheSame()
    {
        Assert.Equal(await ManifestAsync(asProcess: false), await ManifestAsync(asProcess: true));
    }

    private static async Task<IReadOnlyList<string>> AnnotationsAsync(bool asProcess, params string[] arguments)
    {
        await using var builder = await RunningApp.DeclareAsync(builder => Declare(builder, asProcess), Cancellation, arguments);
        if (arguments.Length > 0)
        {
            Assert.DoesNotContain(builder.Services, service => service.ServiceType == typeof(ServerData));
        }

        return
        [
            .. builder.Resources.SelectMany(resource =>
                resource.Annotations.Select(annotation => $"{resource.Name}: {annotation.GetType().Name}")
            ),
        ];
    }

    private static async Task<string> ManifestAsync(bool asProcess)
    {
        var output = Directory.CreateTempSubdirectory("aspiredeploy-manifest-");
        try
        {
            var file = Path.Combine(output.FullName, "aspire-manifest.json");
            await using var builder = await RunningApp.DeclareAsync(
                builder => Declare(builder, asProcess),
                Cancellation,
                "--operation",
                "publish",
                "--publisher",
                "manifest",
                "--output-path",
                file
            );
            await using var app = await builder.BuildAsync(Cancellation);
            await app.RunAsync(Cancellation);
            return await File.ReadAllTextAsync(file, Cancellation);
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    private static void Declare(IDistributedApplicationTestingBuilder builder, bool asProcess)
    {
        var ledger = builder.AddPostgres("ledger").WithDataVolume("books").WithArgs("-c", "max_connections=20");
        var sessions = builder.AddRedis("sessions").WithDataVolume("visitors").WithPersistence();
        ledger.AddDatabase("orders");
        if (asProcess)
        {
            ledger.RunAsProcess();
            sessions.RunAsProcess();
        }
    }
}
