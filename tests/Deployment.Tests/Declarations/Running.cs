using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Order, restarts, replicas, memory, and what else a replica is given.</summary>
internal static class Running
{
    internal static IReadOnlyList<Declaration> All { get; } =
    [
        new("wait-for", static builder =>
            builder.AddProject<Planned.Worker>("worker").WaitFor(builder.AddProject<Planned.Web>("api").WithHttpHealthCheck("/health"))
        ),
        new("wait-for-start", static builder =>
            builder.AddProject<Planned.Worker>("worker").WaitForStart(builder.AddProject<Planned.Web>("api"))
        ),
        new("wait-for-completion", static builder =>
            builder.AddProject<Planned.Web>("api").WaitForCompletion(builder.AddProject<Planned.Worker>("worker"))
        ),
        new("wait-for-an-exit-code", static builder =>
            builder.AddProject<Planned.Web>("api").WaitForCompletion(builder.AddProject<Planned.Worker>("worker"), exitCode: 3)
        ),
        new("restart-always", static builder => builder.AddProject<Planned.Worker>("worker").WithRestartPolicy(RestartMode.Always)),
        new("restart-on-failure", static builder =>
            builder.AddProject<Planned.Worker>("worker").WithRestartPolicy(RestartMode.OnFailure, maxAttempts: 5)
        ),
        new("restart-never", static builder => builder.AddProject<Planned.Worker>("worker").WithRestartPolicy(RestartMode.Never)),
        new("restart-backoff", static builder =>
            builder
                .AddProject<Planned.Worker>("worker")
                .WithRestartPolicy(RestartMode.Always, initialBackoff: TimeSpan.FromSeconds(2), maxBackoff: TimeSpan.FromMinutes(1))
        ),
        new("restart-of-a-job", static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WaitForCompletion(builder.AddProject<Planned.Worker>("worker").WithRestartPolicy(RestartMode.OnFailure, maxAttempts: 3))
        ),
        new("replicas", static builder => builder.AddProject<Planned.Web>("api").WithReplicas(3)),
        new("replicas-of-one-volume", static builder =>
            builder.AddPostgres("pg").WithDataVolume("pg-data").WithAnnotation(new ReplicaAnnotation(3))
        ),
        new("replicas-with-a-public-port", static builder =>
            builder.AddProject<Planned.Web>("api").WithReplicas(3).WithExternalHttpEndpoints()
        ),
        new("autoscaling-by-processor", static builder =>
            builder.AddProject<Planned.Web>("api").WithCpu(0.5).WithAutoscaling(2, 6, cpuPercent: 70)
        ),
        new("autoscaling-by-requests", static builder =>
            builder.AddProject<Planned.Web>("api").WithExternalHttpEndpoints().WithAutoscaling(1, 6, concurrentRequests: 50)
        ),
        new("memory", static builder => builder.AddProject<Planned.Web>("api").WithMemory("512Mi", "128Mi")),
        new("cpu", static builder => builder.AddProject<Planned.Web>("api").WithCpu(0.25, 1)),
        new("timeouts", static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WithStartTimeout(TimeSpan.FromMinutes(9))
                .WithStopTimeout(TimeSpan.FromMinutes(2))
                .WaitForCompletion(builder.AddProject<Planned.Worker>("worker").WithJobTimeout(TimeSpan.FromHours(1)))
        ),
        new("container-user", static builder => builder.AddContainer("web", "example/web", "1").WithContainerUser(1000)),
    ];
}
