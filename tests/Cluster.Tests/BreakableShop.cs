using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.ClusterTests;

/// <summary>
/// An application to break, of public images alone, so that any cluster can run it: a database with data and a password, a job that makes a
/// table in it, two replicas that wait for both, and a client that tells each request that isn't answered. A replica that finds the file
/// <c>/tmp/eat</c> takes all the memory that it can get.
/// </summary>
/// <param name="Version">Makes a new version of the replicas.</param>
/// <param name="Migration">What the job runs.</param>
internal sealed record BreakableShop(string Version = "1", string Migration = BreakableShop.SoundMigration)
{
    /// <summary>Gets its name, and so its namespace's, and what its jobs' names begin with.</summary>
    internal const string Name = "aspiredeploy-tests";

    internal const string SoundMigration = "create table if not exists items (name text)";

    internal const string BrokenMigration = "alter table nothing add column name text";

    private const string Serve = """
        trap 'exit 0' TERM
        caddy respond --listen :8080 --body "version $VERSION" &
        while sleep 1; do if rm /tmp/eat 2>/dev/null; then exec tail /dev/zero; fi; done
        """;

    private const string Ask = """
        trap 'exit 0' TERM
        answered=0 lost=0
        while sleep 0.1; do
          if wget -q -T 10 -O /dev/null "$API"; then answered=$((answered + 1)); else lost=$((lost + 1)); fi
          echo "$answered answered, $lost lost"
        done
        """;

    internal void DeclareForKubernetes(IDistributedApplicationBuilder builder)
    {
        var api = Declare(builder);
        builder
            .AddContainer("client", "caddy", "2.11.4-alpine")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", Ask)
            .WithEnvironment("API", api.GetEndpoint("http"))
            .WaitFor(api)
            .WithRestartPolicy(RestartMode.Always)
            .WithMemory("64Mi", "16Mi");
        builder.AddKubernetesTarget("kubernetes").WithNamespace(Name);
    }

    /// <summary>There the gateway comes with the deployment, and is asked from outside.</summary>
    internal void DeclareForNomad(IDistributedApplicationBuilder builder)
    {
        var api = Declare(builder);
        builder.AddGateway<Gateway>("gateway").WithRoute("/", api);
        builder.AddNomadTarget("nomad");
    }

    private IResourceBuilder<ContainerResource> Declare(IDistributedApplicationBuilder builder)
    {
        var postgres = builder.AddPostgres("postgres").WithDataVolume("data").WithMemory("512Mi", "128Mi");
        var migrator = builder
            .AddContainer("migrator", "postgres", postgres.Resource.Annotations.OfType<ContainerImageAnnotation>().Last().Tag!)
            .WithEntrypoint("/bin/sh")
            .WithArgs(
                "-c",
                "PGPASSWORD=$(cat /run/secrets/PGPASSWORD) exec psql --username=postgres --set=ON_ERROR_STOP=1 --command=\"$SQL\""
            )
            .WithEnvironment("PGHOST", postgres.GetEndpoint("tcp").Property(EndpointProperty.Host))
            .WithEnvironment("PGPORT", postgres.GetEndpoint("tcp").Property(EndpointProperty.Port))
            .WithEnvironment("PGPASSWORD", postgres.Resource.PasswordParameter)
            .WithSecretAsFile("PGPASSWORD")
            .WithEnvironment("SQL", Migration)
            .WaitFor(postgres)
            .WithMemory("128Mi", "32Mi");
        return builder
            .AddContainer("api", "caddy", "2.11.4-alpine")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", Serve)
            .WithEnvironment("VERSION", Version)
            .WithHttpEndpoint(targetPort: 8080)
            .WithHttpHealthCheck("/")
            .WaitForCompletion(migrator)
            .WithAnnotation(new ReplicaAnnotation(2))
            .WithRestartPolicy(RestartMode.Always)
            .WithMemory("128Mi", "64Mi");
    }

    private sealed class Gateway : IProjectMetadata
    {
        public string ProjectPath => Path.Combine("..", "Gateway", "Gateway.csproj");
    }
}
