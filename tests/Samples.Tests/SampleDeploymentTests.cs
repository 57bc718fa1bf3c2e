using AspireDeploy.Engines.Docker;
using AspireDeploy.EngineTests;
using AspireDeploy.Workload;

namespace AspireDeploy.SampleTests;

/// <summary>
/// The samples on the packages, deployed as their owners do it: they run, answer, and lose nothing when a replica is killed.
/// </summary>
public sealed class SampleDeploymentTests(PackedLibrary library, SharedDocker docker) : IClassFixture<SharedDocker>
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_OnCompose_WritesEveryMessage_ThoughWorkerAndBrokerAreKilled()
    {
        var engine = await docker.StartedAsync(Token);
        var sample = Sample(engine, "Orders", "Orders.AppHost", "compose");
        var (worker, messages, postgres) = (
            sample.Containers("orders", "worker"),
            sample.Containers("orders", "messages"),
            sample.Containers("orders", "postgres")
        );

        await sample.DeployAsync();
        await sample.ExecAsync(messages, "rabbitmq-plugins", "enable", "rabbitmq_management");
        await OrderAsync("a pen");
        await ArrivedAsync("a pen");

        await KillAsync(worker);
        await OrderAsync("ink");
        await ArrivedAsync("a pen", "ink");

        await KillAsync(messages);
        await OrderAsync("paper");
        await ArrivedAsync("a pen", "ink", "paper");
        await sample.DestroyAsync();

        // The broker's own page of its management, which takes a message once it answers.
        async Task OrderAsync(string order)
        {
            const string Publish = """
                wget -q -O - --header "Authorization: Basic $(printf 'guest:%s' "$(cat /run/secrets/RABBITMQ_DEFAULT_PASS)" | base64 | tr -d '\n')" --post-data "$1" http://127.0.0.1:15672/api/exchanges/%2F/amq.default/publish
                """;
            var message =
                $$"""{"properties":{"delivery_mode":2},"routing_key":"orders","payload":"{{order}}","payload_encoding":"string"}""";
            await Until.TrueAsync(
                async () =>
                {
                    var told = await engine.TryRunAsync(
                        ["exec", (await messages.RunningAsync())[0], "sh", "-c", Publish, "sh", message],
                        Token
                    );
                    return told.Output.Contains("true", StringComparison.Ordinal);
                },
                Generous,
                () => $"The broker never took {order}.",
                Token
            );
        }

        Task ArrivedAsync(params string[] orders)
        {
            var seen = "";
            return Until.TrueAsync(
                async () =>
                {
                    const string Ask =
                        "PGPASSWORD=$(cat /run/secrets/postgres-password) psql --host 127.0.0.1 --username postgres --no-align "
                        + "--tuples-only --command 'select text from orders order by id' orders";
                    seen = (await engine.TryRunAsync(["exec", (await postgres.RunningAsync())[0], "sh", "-c", Ask], Token)).Output;
                    return seen == string.Concat(orders.Select(static order => order + "\n"));
                },
                Generous,
                () => $"The database has:\n{seen}",
                Token
            );
        }
    }

    [Fact]
    public async Task Notes_OnSwarm_AnswersThroughTheGateway_ThoughItsFrontendIsKilled()
    {
        var engine = await docker.StartedAsync(Token);
        await engine.BeginSwarmAsync(Token);
        var sample = Sample(engine, "Notes", "AppHost", "swarm");
        using var client = new GatewayClient(sample.HttpsPort);
        var frontend = sample.Containers("notes", "frontend");

        await sample.DeployAsync();
        await sample.ExecAsync(frontend, "sh", "-c", "wget -q -O - --post-data 'buy milk' \"$API_URL/notes\"");
        Assert.Contains("<li>buy milk", await client.PageAsync("/"), StringComparison.Ordinal);

        Assert.Empty(await client.WhileAsync(() => KillAsync(frontend), "/"));
        Assert.Contains("<li>buy milk", await client.PageAsync("/"), StringComparison.Ordinal);
        await sample.DestroyAsync();
    }

    [Fact]
    public async Task Starter_OnCompose_ShowsItsPage_ThoughEachOfItsServicesIsKilled()
    {
        var engine = await docker.StartedAsync(Token);
        var sample = Sample(engine, "Starter", "Starter.AppHost", "compose");
        using var client = new GatewayClient(sample.HttpsPort);

        await sample.DeployAsync();
        Assert.Contains("Weather", await client.PageAsync("/"), StringComparison.Ordinal);

        foreach (var service in (string[])["webfrontend", "apiservice", "cache"])
            Assert.Empty(await client.WhileAsync(() => KillAsync(sample.Containers("starter", service)), "/"));
        await sample.DestroyAsync();
    }

    private DeployedSample Sample(DockerEngine engine, string sample, string appHost, string target) =>
        new(library, engine, Path.Combine(library.CopyOf(sample), appHost), target);

    // A container of its own or the same one: it runs again, and is healthy where it is asked.
    private static async Task KillAsync(ServiceContainers service)
    {
        var (starts, healthy) = (await service.StartsAsync(), (await service.HealthyAsync()).Length);
        await service.KillOneAsync();
        await Until.TrueAsync(
            async () => (await service.StartsAsync()).Except(starts).Any() && (await service.HealthyAsync()).Length == healthy,
            Generous,
            static () => "What was killed didn't come back.",
            Token
        );
    }
}
