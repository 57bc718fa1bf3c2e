using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets.Azure;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>
/// The connections that a PostgreSQL server on Azure allows, in a container or run by Azure, and the pools that share them.
/// </summary>
public class PostgresConnectionsTests
{
    private static readonly Workload Postgres = new()
    {
        Name = "postgres",
        Image = new ImageReference("docker.io/library/postgres", "18.3"),
        Restart = RestartPolicy.Always,
        Ports = [new("tcp", 5432, "tcp")],
        Environment = [new("POSTGRES_PASSWORD", [new SecretReference("password")])],
    };

    private static Workload Api(int replicas, string options = "") =>
        new()
        {
            Name = "api",
            Image = new ImageReference("example/api", "1"),
            Restart = RestartPolicy.Always,
            Scale = Scale.Fixed(replicas),
            Environment =
            [
                new(
                    "ConnectionStrings__catalog",
                    [
                        new Literal("Host="),
                        new EndpointReference("postgres", "tcp", EndpointProperty.Host),
                        new Literal(";Password="),
                        new SecretReference("password", ValueEncoding.ConnectionValue),
                        new Literal($";Database=catalog{options}"),
                    ]
                ),
            ],
        };

    private static DeploymentPlan With(params Workload[] workloads) =>
        new()
        {
            Name = "shop",
            Secrets = [new("password", new SecretGeneration())],
            Workloads = [Postgres, .. workloads],
        };

    private static AzureContainerAppsOptions Of(string sku) => new() { Postgres = new() { Sku = sku } };

    // Azure Database for PostgreSQL, "Limits", the column of maximum user connections.
    [Theory]
    [InlineData("Standard_B1ms", 35)]
    [InlineData("Standard_B2s", 414)]
    [InlineData("Standard_B2ms", 844)]
    [InlineData("Standard_B4ms", 1703)]
    [InlineData("Standard_B8ms", 3422)]
    [InlineData("Standard_B12ms", 4985)]
    [InlineData("Standard_B20ms", 4985)]
    [InlineData("Standard_D2s_v3", 844)]
    [InlineData("Standard_D2ads_v5", 844)]
    [InlineData("Standard_D4ds_v5", 1703)]
    [InlineData("Standard_D8ds_v4", 3422)]
    [InlineData("Standard_D16s_v3", 4985)]
    [InlineData("Standard_D96ds_v5", 4985)]
    [InlineData("Standard_E2s_v3", 1703)]
    [InlineData("Standard_E4ds_v5", 3422)]
    [InlineData("Standard_E8ds_v4", 4985)]
    public void Allowed_ByASize_IsWhatItsPageSays(string sku, int connections) =>
        Assert.Equal(connections, PostgresConnections.AllowedBy(sku));

    [Fact]
    public void Allowed_ByASizeThatIsNotKnown_IsNotKnown() => Assert.Null(PostgresConnections.AllowedBy("Standard_M8"));

    [Theory]
    [InlineData("Standard_B1ms", 3, ";Maximum Pool Size=5")]
    [InlineData("Standard_B1ms", 1, ";Maximum Pool Size=16")]
    [InlineData("Standard_B2s", 3, ";Maximum Pool Size=68")]
    [InlineData("Standard_D2ds_v5", 3, "")]
    [InlineData("Standard_M8", 3, "")]
    public void Pools_OfNoDeclaredSize_ShareWhatIsThere_AlsoDuringAnUpdate(string sku, int replicas, string addition)
    {
        var api = Api(replicas);

        Assert.Equal(addition, PostgresConnections.Addition(api.Environment[0].Value, With(api), Of(sku)));
    }

    [Fact]
    public void Pools_ThatFitByTheirDeclaredSize_StayAsDeclared()
    {
        var api = Api(2, ";Maximum Pool Size=8");

        Assert.Equal("", PostgresConnections.Addition(api.Environment[0].Value, With(api), Of("Standard_B1ms")));
        Assert.Empty(new AzureContainerAppsTarget(Of("Standard_B1ms")).Check(With(api)));
    }

    [Theory]
    [InlineData(
        "Standard_B1ms",
        3,
        ";Maximum Pool Size=20",
        "postgres.sku: \"Standard_B1ms\" allows 35 connections, and during an update there may be 120 of api 6 × 20 beside 2 for "
            + "people; take a larger server, .WithManagedPostgres(sku: \"Standard_B2s\", tier: \"Burstable\"), or a smaller Maximum "
            + "Pool Size"
    )]
    [InlineData(
        "Standard_B2s",
        10,
        "; max pool size = 40",
        "postgres.sku: \"Standard_B2s\" allows 414 connections, and during an update there may be 800 of api 20 × 40 beside 2 for "
            + "people; take a larger server, .WithManagedPostgres(sku: \"Standard_D2ds_v5\", tier: \"GeneralPurpose\"), or a "
            + "smaller Maximum Pool Size"
    )]
    [InlineData(
        "Standard_B1ms",
        20,
        "",
        "postgres.sku: \"Standard_B1ms\" allows 35 connections, and during an update there may be 40 of api 40 × 1 beside 2 for "
            + "people; take a larger server, .WithManagedPostgres(sku: \"Standard_B2s\", tier: \"Burstable\"), or a smaller Maximum "
            + "Pool Size"
    )]
    [InlineData(
        "Standard_D16s_v3",
        40,
        ";Maximum Pool Size=100",
        "postgres.sku: \"Standard_D16s_v3\" allows 4985 connections, and during an update there may be 8000 of api 80 × 100 beside "
            + "2 for people; take fewer replicas, or a smaller Maximum Pool Size"
    )]
    public void Pools_ThatDoNotFit_AreRefused_WithTheSizeThatHoldsThem(string sku, int replicas, string options, string refusal) =>
        Assert.Equal(
            [$"azure: {refusal}"],
            Assert
                .Throws<PlanException>(() => Publication.Create(With(Api(replicas, options)), new AzureContainerAppsTarget(Of(sku)), []))
                .Errors.Select(static error => error.ToString())
        );

    // 100 connections unless told, of which the server keeps 3 back, and 2 are for people.
    [Theory]
    [InlineData(3, ";Maximum Pool Size=15")]
    [InlineData(1, ";Maximum Pool Size=47")]
    [InlineData(3, ";Maximum Pool Size=49", "-c", "max_connections=300")]
    [InlineData(3, ";Maximum Pool Size=32", "--max-connections=200")]
    [InlineData(3, "", "-c", "max_connections=700")]
    [InlineData(3, "", "-c", "config_file=/etc/postgresql.conf")]
    public void Pools_OfAServerInAContainer_ShareWhatItAllows(int replicas, string addition, params string[] arguments)
    {
        var api = Api(replicas);
        var plan = With(api) with { Workloads = [Postgres with { Arguments = [.. arguments.Select(Template.FromText)] }, api] };

        Assert.Equal(addition, PostgresConnections.Addition(api.Environment[0].Value, plan, new()));
    }

    [Fact]
    public void Pools_ThatOutgrowAServerInAContainer_AreToldOf() =>
        Assert.Equal(
            "weakened: `minReplicas: 1`, `maxReplicas: 1`. It allows 97 connections, and during an update there may be 120 of api 6 × 20 "
                + "beside 2 for people. Remedy: run fewer replicas of those, give them a smaller Maximum Pool Size, or allow more: "
                + ".WithArgs(\"-c\", \"max_connections=300\")",
            Outcome.Of(new AzureContainerAppsTarget(), With(Api(3, ";Maximum Pool Size=20")), "postgres.replicas")
        );

    [Fact]
    public void Report_SaysHowTheyAreShared() =>
        Assert.Contains(
            "size `Standard_B1ms`, which allows 35 connections; the pools have api 6 × 5",
            Publication
                .Create(With(Api(3)), new AzureContainerAppsTarget(Of("Standard_B1ms")), [])
                .Files.Single(static file => file.Path == "deployment.md")
                .Content,
            StringComparison.Ordinal
        );
}
