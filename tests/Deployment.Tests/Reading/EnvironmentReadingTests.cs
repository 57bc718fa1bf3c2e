using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;
using PlanEndpoint = AspireDeploy.Model.EndpointReference;
using PlanProperty = AspireDeploy.Model.EndpointProperty;

namespace AspireDeploy.Tests.Reading;

public class EnvironmentReadingTests
{
    private static async Task<Dictionary<string, EnvironmentVariable>> OfAsync(
        string name,
        Action<IDistributedApplicationBuilder> declare
    ) => (await Planned.WorkloadAsync(name, declare)).Environment.ToDictionary(static variable => variable.Name);

    [Fact]
    public async Task Build_ConnectionStringOfADatabase_HasPlaceholdersForWhatIsOnlyKnownOnceDeployed()
    {
        var environment = await OfAsync("api", static builder =>
            builder.AddProject<Planned.Web>("api").WithReference(builder.AddPostgres("postgres").AddDatabase("catalog"))
        );

        Assert.Equal(
            [
                new Literal("Host="),
                new PlanEndpoint("postgres", "tcp", PlanProperty.Host),
                new Literal(";Port="),
                new PlanEndpoint("postgres", "tcp", PlanProperty.Port),
                new Literal(";Username=postgres;Password="),
                new SecretReference("postgres-password", ValueEncoding.ConnectionValue),
                new Literal(";Database=catalog"),
            ],
            environment["ConnectionStrings__catalog"].Value.Parts
        );
        Assert.Equal(
            "postgresql://postgres:{postgres-password:uri}@{postgres.tcp.host}:{postgres.tcp.port}/catalog",
            environment["CATALOG_URI"].Value.ToString()
        );
    }

    [Fact]
    public async Task Build_ASecretOfAProjectWithServiceDefaults_ReachesItAsAFileNamedAsTheSetting()
    {
        var environment = await OfAsync("api", static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WithServiceDefaults()
                .WithEnvironment("Stripe__Key", builder.AddParameter("stripe-key", secret: true))
        );

        Assert.Equal(
            new EnvironmentVariable("Stripe__Key", [new SecretReference("stripe-key")], new FileNamedAsSetting()),
            environment["Stripe__Key"]
        );
    }

    [Fact]
    public async Task Build_AContainersSecret_IsAVariableUnlessAFileIsNamed()
    {
        var environment = await OfAsync("mail", static builder =>
        {
            var key = builder.AddParameter("key", secret: true);
            builder
                .AddContainer("mail", "example/mail")
                .WithEnvironment("A", key)
                .WithEnvironment("B", key)
                .WithEnvironment("C", key)
                .WithSecretAsFile("B", "B_FILE")
                .WithSecretAsFile("C");
        });

        Assert.Equal(
            (null, new FileNamedByVariable("B_FILE"), new FileNamedAsSetting()),
            (environment["A"].SecretAs, environment["B"].SecretAs, environment["C"].SecretAs)
        );
    }

    [Fact]
    public async Task Build_PostgresPassword_IsNamedByTheImagesOwnVariable() =>
        Assert.Equal(
            new FileNamedByVariable("POSTGRES_PASSWORD_FILE"),
            (await OfAsync("postgres", static builder => builder.AddPostgres("postgres")))["POSTGRES_PASSWORD"].SecretAs
        );

    [Fact]
    public async Task Build_AReferenceToAService_IsItsAddressInside()
    {
        var environment = await OfAsync("web", static builder =>
            builder.AddProject<Planned.Web>("web").WithReference(builder.AddProject<Planned.Web>("api"))
        );

        Assert.Equal(new Template([new PlanEndpoint("api", "http", PlanProperty.Url)]), environment["services__api__http__0"].Value);
    }

    [Fact]
    public async Task Build_AReferenceToAProjectsHttps_IsItsHttp_AsTlsEndsAtTheGateway() =>
        Assert.Equal(
            new Template([new PlanEndpoint("api", "http", PlanProperty.Url)]),
            (
                await OfAsync("web", static builder =>
                    builder.AddProject<Planned.Web>("web").WithReference(builder.AddProject<Planned.Web>("api").GetEndpoint("https"))
                )
            )["services__api__https__0"].Value
        );

    [Fact]
    public async Task Build_AProject_IsToldItsPort_AndNoneForHttps()
    {
        var environment = await OfAsync("api", static builder => builder.AddProject<Planned.Web>("api"));

        Assert.Equal(new Template([new PlanEndpoint("api", "http", PlanProperty.TargetPort)]), environment["HTTP_PORTS"].Value);
        Assert.DoesNotContain("HTTPS_PORTS", environment.Keys);
        Assert.Equal("true", environment["ASPNETCORE_FORWARDEDHEADERS_ENABLED"].Value.AsLiteral);
    }

    [Fact]
    public async Task Build_TextWithBracesAndQuotes_StaysAsItIs() =>
        Assert.Equal(
            "a{0}\"$b'\n-",
            (
                await OfAsync("api", static builder =>
                    builder
                        .AddContainer("api", "example/api")
                        .WithEnvironment("A", "a{0}\"$b'\n-")
                        .WithEnvironment("B", ReferenceExpression.Create($"{"a{0}"}b"))
                )
            )["A"]
                .Value
                .AsLiteral
        );

    [Fact]
    public async Task Build_AnExpressionWithBraces_KeepsThem() => Assert.Equal("{a}{key}", (await OfAsync("api", static builder =>
                {
                    var key = builder.AddParameter("key");
                    builder.AddContainer("api", "example/api").WithEnvironment("A", ReferenceExpression.Create($"{{a}}{key}"));
                }))["A"].Value.ToString());

    [Fact]
    public async Task Build_TheGatewaysAddress_IsAReferenceToTheGateway() =>
        Assert.Equal(new Template([new GatewayReference(PlanProperty.Url)]), (await OfAsync("api", static builder =>
                {
                    var api = builder.AddProject<Planned.Web>("api");
                    var gateway = builder.AddGateway<Planned.Worker>("gateway").WithRoute("/", api);
                    api.WithEnvironment("PUBLIC_URL", gateway.GetEndpoint("http"));
                }))["PUBLIC_URL"].Value);

    [Fact]
    public async Task Build_Parameters_AreThoseReferredTo_WithTheDefaultThatIsPublished()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            builder.AddParameter("unused");
            var size = builder.AddParameter("size", "10", publishValueAsDefault: true);
            var colour = builder.AddParameter("colour").WithDescription("Of the page");
            builder.AddContainer("api", "example/api").WithEnvironment("SIZE", size).WithEnvironment("COLOUR", colour);
        });

        Assert.Equal([new("colour", null, "Of the page"), new("size", "10")], plan.Parameters);
    }

    [Fact]
    public async Task Build_Secrets_SayWhetherTheyAreMadeOrSupplied()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var key = builder.AddParameter("key", secret: true);
            builder
                .AddProject<Planned.Web>("api")
                .WithReference(builder.AddPostgres("postgres"))
                .WithReference(builder.AddConnectionString("billing"))
                .WithEnvironment("KEY", key);
        });

        Assert.Equal([new("billing", null, "The connection string billing"), new("key"), new("postgres-password", new(22))], plan.Secrets);
    }

    [Fact]
    public async Task Build_AValueOnlyKnownWhileRunning_IsRefused() =>
        Assert.Equal(
            [
                "api.env.A: is a Clock, whose value is only known while the application runs here; give it text, a parameter, an "
                    + "endpoint or a connection string",
            ],
            await Planned.RefusalsAsync(static builder =>
                builder
                    .AddContainer("api", "example/api")
                    .WithEnvironment(static context => context.EnvironmentVariables["A"] = new Clock())
            )
        );

    [Fact]
    public async Task Build_AReferenceToAProgramOfThisMachine_IsSuppliedByWhoDeploys()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var tool = builder.AddExecutable("tool", "node", ".").WithHttpEndpoint().ExcludeFromManifest();
            builder.AddContainer("api", "example/api").WithEnvironment("TOOL", tool.GetEndpoint("http"));
        });

        Assert.Equal(
            [new Parameter("url-of-tool-http", null, "The url of tool's endpoint http, which isn't deployed here.")],
            plan.Parameters
        );
        Assert.Equal(
            [new EnvironmentVariable("TOOL", [new ParameterReference("url-of-tool-http")])],
            plan.WorkloadNamed("api").Environment
        );
    }

    [Fact]
    public async Task Build_AServerOfAnotherPublisher_IsKnownByTheConnectionStringThatWhoDeploysSupplies()
    {
        var plan = await Planned.OfAsync(static builder =>
            builder.AddContainer("api", "example/api").WithReference(builder.AddResource(new Elsewhere("orders")))
        );

        Assert.Equal([new Secret("orders", null, "The connection string of orders, which isn't deployed here.")], plan.Secrets);
        Assert.Equal(
            [new EnvironmentVariable("ConnectionStrings__orders", [new SecretReference("orders")])],
            plan.WorkloadNamed("api").Environment
        );
    }

    [Fact]
    public async Task Build_TelemetryToADashboardThatIsntDeployed_IsLeftOut()
    {
        Action<IDistributedApplicationBuilder> declare = static builder =>
        {
            var dashboard = builder
                .AddContainer("dashboard", "example/dashboard")
                .WithHttpEndpoint(targetPort: 18889, name: "otlp")
                .ExcludeFromManifest();
            builder.AddContainer("api", "example/api").WithEnvironment("OTEL_EXPORTER_OTLP_ENDPOINT", dashboard.GetEndpoint("otlp"));
        };

        Assert.Equal(
            [
                "api.env.OTEL_EXPORTER_OTLP_ENDPOINT isn't deployed: It leads to a dashboard or collector that isn't deployed here, "
                    + "so telemetry goes nowhere. Remedy: set it to a collector of your own.",
                "dashboard isn't deployed: It is kept out of publishing (ExcludeFromManifest).",
            ],
            await Planned.ShortAsync(declare)
        );
        Assert.Empty((await Planned.WorkloadAsync("api", declare)).Environment);
    }

    [Fact]
    public async Task Build_AParameterInAUrl_IsKeptAsASecret()
    {
        var plan = await Planned.OfAsync(static builder =>
        {
            var user = builder.AddParameter("user");
            builder
                .AddContainer("api", "example/api")
                .WithEnvironment("NAME", user)
                .WithEnvironment("URL", ReferenceExpression.Create($"https://{user:uri}@example.com"));
        });

        Assert.Empty(plan.Parameters);
        Assert.Equal(["user"], plan.Secrets.Select(static secret => secret.Name));
        Assert.Equal("{user}", plan.WorkloadNamed("api").Environment[0].Value.ToString());
        Assert.True(plan.WorkloadNamed("api").Environment[0].HoldsSecret);
    }

    [Fact]
    public async Task Build_ACallbackThatFails_NamesItsResource() =>
        Assert.Equal(
            [
                "api.env: a callback of its declaration fails when publishing: No such tool; have it do that when running alone "
                    + "(builder.ExecutionContext.IsRunMode)",
            ],
            await Planned.RefusalsAsync(static builder =>
                builder.AddContainer("api", "example/api").WithEnvironment(static _ => throw new InvalidOperationException("No such tool."))
            )
        );

    private sealed class Elsewhere(string name) : Resource(name), IResourceWithConnectionString
    {
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{new Output()}");
    }

    private sealed class Output : IManifestExpressionProvider, IValueProvider
    {
        public string ValueExpression => "{orders.outputs.connectionString}";

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Known once deployed.");
    }

    private sealed class Clock : IValueProvider
    {
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new("now");
    }
}
