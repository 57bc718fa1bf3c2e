using AspireDeploy.Engines.Docker;

namespace AspireDeploy.EngineTests;

public sealed class SwarmDeploymentTests(SharedDocker docker) : SolutionDeploymentTests(docker, "swarm")
{
    protected override string Refusal => "non-zero exit (2)";

    // deploy.sh sets the versions of secrets.
    protected override string ConfigScript =>
        "set -a; . ./.env; for name in API CACHE MIGRATOR POSTGRES; do eval \"ASPIREDEPLOY_${name}_SECRETS=1\"; done; "
        + "for file in stack.*.yaml; do docker stack config --compose-file \"$file\" >/dev/null; done";

    protected override string Mark => $"com.docker.stack.namespace={Application}";

    protected override string[][] OwnKinds =>
        [
            ["service", "ls"],
            ["secret", "ls"],
            ["config", "ls"],
        ];

    protected override Task BeginAsync(DockerEngine engine) => engine.BeginSwarmAsync(TestContext.Current.CancellationToken);

    protected override void AddTarget(IDistributedApplicationBuilder builder) => builder.AddDockerSwarmTarget();

    protected override string LabelOf(string service) => $"com.docker.swarm.service.name={Application}_{service}";

    // Swarm makes another task in its place.
    protected override async Task<bool> ComesBackAsync(DockerEngine engine, string[] before)
    {
        var healthy = await new ServiceContainers(engine, LabelOf("api")).HealthyAsync();
        return healthy.Length == 3 && healthy.Intersect(before).Count() == 2;
    }

    protected override Task EndAsync(DockerEngine engine) => engine.StopAsync(TestContext.Current.CancellationToken);

    protected override string[] Scaling(string count) => ["service", "scale", "--detach", $"{Application}_api={count}"];
}
