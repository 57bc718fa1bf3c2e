using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Deploying;

/// <summary>A shop published for Azure, with its images on this machine, and stand-ins for what its scripts run.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class PublishedShop : IDisposable
{
    internal const string Group = "rg-shop";
    internal const string Api = "Microsoft.App/containerApps/api";

    private static readonly Workload Migrator = new()
    {
        Name = "migrator",
        Kind = WorkloadKind.Job,
        Image = new ProjectImage("../Migrator/Migrator.csproj", "shop-migrator", "1.0.0", "Migrator.dll"),
        Restart = new(RestartMode.Never),
    };

    internal static DeploymentPlan Plan { get; } =
        new()
        {
            Name = "shop",
            Version = "1.0.0",
            Secrets = [new("postgres-password", new SecretGeneration()), new("token", new SecretGeneration())],
            Parameters = [new("greeting", "hello, $HOME"), new("tenant")],
            Gateway = new()
            {
                Name = "gateway",
                Host = "localhost",
                Certificate = CertificateMode.Internal,
                Routes = [new("/", "api", "http")],
            },
            Workloads =
            [
                new()
                {
                    Name = "api",
                    Image = new ProjectImage("../Api/Api.csproj", "shop-api", "1.0.0", "Api.dll"),
                    Restart = RestartPolicy.Always,
                    Ports = [new("http", 8080, "http")],
                    Dependencies = [new("cache", DependencyCondition.Healthy), new("migrator", DependencyCondition.Completed)],
                    Environment =
                    [
                        new("GREETING", [new ParameterReference("greeting")]),
                        new("TENANT", [new ParameterReference("tenant")]),
                    ],
                    SecretFiles = [new("/run/secrets/token", [new SecretReference("token")])],
                    Probes = Probes.None with { Readiness = new(new HttpProbe("http", "/health")) },
                },
                new()
                {
                    Name = "cache",
                    Image = new ImageReference("docker.io/library/redis", "8.6"),
                    Restart = RestartPolicy.Always,
                    Ports = [new("tcp", 6379, "tcp")],
                    Probes = Probes.None with { Readiness = new(new TcpProbe("tcp")) },
                },
                Migrator with
                {
                    Environment =
                    [
                        new(
                            "DATABASE",
                            [
                                new Literal("Host="),
                                new EndpointReference("postgres", "tcp", EndpointProperty.Host),
                                new Literal(";Password="),
                                new SecretReference("postgres-password", ValueEncoding.ConnectionValue),
                            ]
                        ),
                    ],
                },
                new()
                {
                    Name = "postgres",
                    Image = new ImageReference("docker.io/library/postgres", "18.3"),
                    Restart = RestartPolicy.Always,
                    Ports = [new("tcp", 5432, "tcp")],
                    Environment = [new("POSTGRES_PASSWORD", [new SecretReference("postgres-password")])],
                },
            ],
        };

    internal PublishedShop()
    {
        Publish(Plan);
        Azure.Build("shop-api:1.0.0");
        Azure.Build("shop-migrator:1.0.0");
    }

    internal StandInAzure Azure { get; } = new();

    internal PublishedScripts Scripts { get; } = new();

    public void Dispose()
    {
        Scripts.Dispose();
        Azure.Dispose();
    }

    /// <summary>Publishes another plan in its place, with a PostgreSQL server that Azure runs.</summary>
    internal void Publish(DeploymentPlan plan)
    {
        Scripts.Publish(plan, new AzureContainerAppsTarget(new() { Postgres = new() }));
        Scripts.Write("settings.env", "TENANT=acme\n");
    }

    /// <summary>Deploys it, which ends well.</summary>
    internal Task<string> DeployAsync() => Scripts.SucceedAsync(Azure.Variables, "./deploy.sh");

    /// <summary>Has its deployment fail.</summary>
    internal Task<(string Failure, string Said)> FailAsync(params string[] arguments) =>
        Scripts.FailAsync(Azure.Variables, ["./deploy.sh", .. arguments]);
}
