using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>Describes what Container Apps has no setting for of who a process is and may do.</summary>
public class AzureIsolationTests
{
    private static readonly Workload Postgres = new()
    {
        Name = "postgres",
        Image = new ImageReference("docker.io/library/postgres", "18.3"),
        Restart = RestartPolicy.Always,
        Ports = [new("tcp", 5432, "tcp")],
    };

    private static readonly Workload Api = new()
    {
        Name = "api",
        Image = new ImageReference("docker.io/example/api", "1"),
        Restart = RestartPolicy.Always,
        Isolation = Isolation.DotNet,
        Ports = [new("http", 8080, "http")],
    };

    private static readonly Workload Redis = Postgres with { Name = "cache", Image = new ImageReference("docker.io/library/redis", "8.6") };

    private static readonly ProjectImage Project = new("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll");

    private static DeploymentPlan With(params Workload[] workloads) => new() { Name = "shop", Workloads = [.. workloads] };

    [Fact]
    public void Isolation_WhatContainerAppsHasNoSettingFor_IsWeakened()
    {
        Assert.Equal(
            [
                "api.isolation: Container Apps has no setting for it: it runs as the user that its image names, which may not be 1654; its "
                    + "root file system can be written to",
            ],
            Weakened(Api)
        );
        Assert.Equal(
            ["api.isolation: Container Apps has no setting for it: its root file system can be written to"],
            Weakened(Api with { Image = Project })
        );
        Assert.Equal(
            ["api.isolation: Container Apps has no setting for it: it runs as the user that its image names, which isn't 1000"],
            Weakened(Api with { Image = Project, Isolation = new(1000, 1000, ReadOnlyRoot: false, []) })
        );
        Assert.Equal(
            [
                "cache.isolation: Container Apps has no setting for it: it begins as root, with a container's usual capabilities, and "
                    + "becomes user 999 and not 1000",
            ],
            Weakened(Redis with { Isolation = new(1000, 1000, ReadOnlyRoot: false, []) })
        );
        Assert.Equal(
            [
                "cache.isolation: Container Apps has no setting for it: it begins as root, with a container's usual capabilities; its root "
                    + "file system can be written to",
            ],
            Weakened(
                Redis with
                {
                    Isolation = WellKnownImages.Redis.Isolation,
                    Entrypoint = ["/bin/sh"],
                    Arguments = ["-c", "exec redis-server --save 60"],
                }
            )
        );
        Assert.Equal(
            [
                "cache.isolation: Container Apps has no setting for it: it runs as root and not as user 999, with a container's usual "
                    + "capabilities; its root file system can be written to",
            ],
            Weakened(
                Redis with
                {
                    Isolation = WellKnownImages.Redis.Isolation,
                    Entrypoint = ["/bin/sh"],
                    Arguments = ["-c", "sleep 1; redis-server"],
                }
            )
        );
        Assert.Empty(Weakened(Api with { Image = Project, Isolation = Isolation.DotNetWritable }));
        Assert.Empty(Weakened(Api with { Isolation = Isolation.ImageOwn }));

        static IEnumerable<string> Weakened(Workload workload) =>
            new AzureContainerAppsTarget()
                .Concepts.Judge(With(workload))
                .Where(static result =>
                    result.Outcome is AspireDeploy.Targets.Weakened && result.Definition.Concept == AspireDeploy.Model.Concept.Isolation
                )
                .Select(static result => $"{result.Key}: {((AspireDeploy.Targets.Weakened)result.Outcome).What}");
    }
}
