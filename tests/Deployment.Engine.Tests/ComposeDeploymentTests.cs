using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

public sealed class ComposeDeploymentTests(SharedDocker docker) : SolutionDeploymentTests(docker, "compose")
{
    protected override string Refusal => "migrator ended with 2";

    protected override string ConfigScript => "docker compose config --quiet";

    protected override string Mark => $"com.docker.compose.project={Application}";

    protected override Task BeginAsync(DockerEngine engine) => Task.CompletedTask;

    protected override void AddTarget(IDistributedApplicationBuilder builder) => builder.AddDockerComposeTarget();

    protected override string LabelOf(string service) => $"com.docker.compose.service={service}";

    // The engine starts the same container again.
    protected override async Task<bool> ComesBackAsync(DockerEngine engine, string[] before) =>
        (
            await engine.RunAsync(
                ["inspect", "--format", "{{.RestartCount}} {{.State.Health.Status}}", .. before],
                TestContext.Current.CancellationToken
            )
        )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order(StringComparer.Ordinal)
            .SequenceEqual(["0 healthy", "0 healthy", "1 healthy"]);

    // As a power failure does.
    protected override Task EndAsync(DockerEngine engine) => engine.KillAsync();

    protected override string[] Scaling(string count) =>
        ["compose", "up", "--detach", "--no-recreate", "--no-deps", "--scale", $"api={count}", "api"];
}
