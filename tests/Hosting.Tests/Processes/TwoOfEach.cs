using System.Collections.Concurrent;
using Aspire.Hosting.Eventing;

namespace AspireDeploy.Hosting.Tests.Processes;

/// <summary>Two PostgreSQL servers and two of Redis as processes, declared with what is awkward, and what waits for them.</summary>
public sealed class TwoOfEach : IAsyncLifetime
{
    /// <summary>Gets a user's name that SQL, a shell and a configuration file each read in their own way.</summary>
    public const string User = "Zoë \\ O'Brien \"$HOME\" {{x}}";

    /// <summary>Gets a password like that.</summary>
    public const string Password = "p@ss 'w\"o\\rd $HOME {{x}} é%";

    /// <summary>Gets one of ASCII alone, as Garnet needs it.</summary>
    public const string PlainPassword = "p@ss 'w\"o\\rd $HOME {{x}} %";

    private readonly ConcurrentQueue<string> _events = new();

    /// <summary>Gets or sets the application.</summary>
    internal RunningApp Running { get; private set; } = null!;

    /// <summary>Gets or sets the declared server.</summary>
    internal PostgresServerResource Ledger { get; private set; } = null!;

    /// <summary>Gets the events of each declared resource, as <c>resource: event</c>, in order.</summary>
    public IReadOnlyList<string> Events => [.. _events];

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Running = await RunningApp.StartAsync(Declare, TestContext.Current.CancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Running.DisposeAsync();

    private void Declare(IDistributedApplicationTestingBuilder builder)
    {
        var ledger = builder
            .AddPostgres(
                "ledger",
                builder.AddParameter("ledger-user", User),
                builder.AddParameter("ledger-password", Password, secret: true)
            )
            .RunAsProcess();
        Ledger = ledger.Resource;
        var orders = ledger.AddDatabase("orders", "Order Book");
        var archive = builder
            .AddPostgres("archive")
            .RunAsProcess()
            .WithArgs("-c", "max_connections=20")
            .WithImageTag("16.4")
            .WithEnvironment("POSTGRES_DB", "extra")
            .WithBindMount("/usr", "/opt/extensions")
            .WithInitFiles(AppContext.BaseDirectory)
            .WithContainerRuntimeArgs("--cpus=1");
        var letters = archive.AddDatabase("letters").WithCreationScript("CREATE DATABASE letters CONNECTION LIMIT 7");
        var sessions = builder
            .AddRedis("sessions", password: builder.AddParameter("sessions-password", PlainPassword, secret: true))
            .RunAsProcess();
        var queue = builder.AddRedis("queue").WithArgs("--maxmemory", "64mb").RunAsProcess();

        Shell(builder, "reader", "printenv ConnectionStrings__orders").WithReference(orders).WaitFor(orders).WaitFor(sessions);
        Shell(builder, "writer", "printenv ConnectionStrings__sessions")
            .WithReference(sessions)
            .WaitFor(archive)
            .WaitFor(queue)
            .WaitFor(letters);
        builder.AddPostgres("asked").WithExplicitStart().RunAsProcess();

        Note<InitializeResourceEvent>(builder, ledger.Resource, sessions.Resource);
        Note<ResourceEndpointsAllocatedEvent>(builder, ledger.Resource, sessions.Resource);
        Note<ConnectionStringAvailableEvent>(builder, ledger.Resource, sessions.Resource, orders.Resource);
        Note<BeforeResourceStartedEvent>(builder, ledger.Resource, sessions.Resource, archive.Resource);
        Note<ResourceReadyEvent>(builder, ledger.Resource, sessions.Resource, orders.Resource, archive.Resource);
        Note<ResourceStoppedEvent>(builder, archive.Resource, letters.Resource);
    }

    private static IResourceBuilder<ExecutableResource> Shell(IDistributedApplicationTestingBuilder builder, string name, string line) =>
        builder.AddExecutable(name, "/bin/sh", ".", "-c", $"{line}; exec sleep 600");

    private void Note<T>(IDistributedApplicationTestingBuilder builder, params IResource[] resources)
        where T : IDistributedApplicationResourceEvent
    {
        foreach (var resource in resources)
        {
            builder.Eventing.Subscribe<T>(resource, (_, _) =>
            {
                _events.Enqueue($"{resource.Name}: {typeof(T).Name}");
                return Task.CompletedTask;
            });
        }
    }
}
