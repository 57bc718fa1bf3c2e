using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Tests.AppHost;
using ModelProperty = Aspire.Hosting.ApplicationModel.EndpointProperty;
using PlanEndpoint = AspireDeploy.Model.EndpointReference;
using PlanProperty = AspireDeploy.Model.EndpointProperty;

namespace AspireDeploy.Tests.Reading;

/// <summary>
/// Describes what a process is told is what Aspire's own manifest of the same application says, but for what is allowed here.
/// </summary>
public sealed class AspireManifestTests(AppHostDeclaration solution) : IClassFixture<AppHostDeclaration>
{
    private static readonly Dictionary<string, Action<IDistributedApplicationBuilder>> Declarations = new()
    {
        ["services"] = static builder =>
        {
            var api = builder.AddProject<Planned.Web>("api");
            builder
                .AddProject<Planned.Web>("web")
                .WithReference(api)
                .WithEnvironment("API", ReferenceExpression.Create($"{api.GetEndpoint("http")}/v1"))
                .WithEnvironment("API_HOST", api.GetEndpoint("http").Property(ModelProperty.HostAndPort));
        },
        ["postgres"] = static builder =>
            builder.AddProject<Planned.Web>("api").WithReference(builder.AddPostgres("postgres").WithDataVolume().AddDatabase("catalog")),
        ["postgres-user"] = static builder =>
            builder
                .AddProject<Planned.Web>("api")
                .WithReference(builder.AddPostgres("postgres", builder.AddParameter("user"), builder.AddParameter("key", secret: true))),
        ["redis"] = static builder => builder.AddContainer("api", "example/api").WithReference(builder.AddRedis("cache").WithDataVolume()),
        ["arguments"] = static builder =>
        {
            var level = builder.AddParameter("level");
            var mail = builder.AddContainer("mail", "example/mail").WithEndpoint(targetPort: 25, name: "smtp", scheme: "smtp");
            builder
                .AddContainer("api", "example/api")
                .WithHttpEndpoint(targetPort: 8080)
                .WithArgs("--level", level, "-v")
                .WithArgs(context => context.Args.Add(ReferenceExpression.Create($"--mail={mail.GetEndpoint("smtp")}")))
                .WithEnvironment("TEXT", "a \"b\" $c")
                .WithEnvironment("LEVEL", ReferenceExpression.Create($"{level}!"))
                .WithEnvironment("KEY", builder.AddParameter("key", secret: true))
                .WithEnvironment(static context => context.EnvironmentVariables["BY_CALLBACK"] = "yes");
        },
        ["connection"] = static builder => builder.AddProject<Planned.Web>("api").WithReference(builder.AddConnectionString("billing")),
        ["worker"] = static builder => builder.AddProject<Planned.Worker>("worker").WithArgs("--once"),
    };

    public static TheoryData<string> Names => [.. Declarations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Build_ADeclaration_TellsProcessesWhatAspiresManifestSays(string name)
    {
        var manifest = await AspireManifest.OfAsync(arguments =>
        {
            var options = new DistributedApplicationOptions { Args = arguments, DisableDashboard = true };
            var builder = DistributedApplication.CreateBuilder(options);
            Declarations[name](builder);
            return Task.FromResult(builder.Build());
        });

        Compare(manifest, await Planned.OfAsync(Declarations[name]));
    }

    // For Azure the manifest holds modules in place of what processes are told.
    [Fact]
    public async Task Build_TheSolution_TellsProcessesWhatAspiresManifestSays() =>
        Compare(await AspireManifest.OfAsync(SolutionAsync), solution.Plan);

    private static async Task<DistributedApplication> SolutionAsync(string[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(arguments, token);
        foreach (var azure in builder.Resources.OfType<AzureContainerAppsTargetResource>().ToList())
            builder.Resources.Remove(azure);
        return await builder.BuildAsync(token);
    }

    private static void Compare(AspireManifest manifest, DeploymentPlan plan) => Assert.All(plan.Workloads, workload =>
        {
            var (environment, arguments) = (manifest.EnvironmentOf(workload.Name), manifest.ArgumentsOf(workload.Name).ToList());
            foreach (var allowed in Allowed)
                allowed(plan, workload, environment, arguments);

            var variables = workload.Environment.Select(each => KeyValuePair.Create(each.Name, Resolved(plan, each.Value)));
            Assert.Equal(environment, AspireManifest.Sorted(variables));
            Assert.Equal(arguments, workload.Arguments.Select(argument => Resolved(plan, argument)));
        });

    // Each makes of what the manifest says what is deployed instead.
    private static readonly Action<DeploymentPlan, Workload, SortedDictionary<string, string>, List<string>>[] Allowed =
    [
        // TLS ends at the gateway: a project told to serve HTTPS in its container would look for a certificate that isn't there.
        static (_, workload, environment, _) =>
        {
            if (workload.Image is not ProjectImage)
                return;
            environment.Remove("HTTPS_PORTS");
            environment.Remove("ASPNETCORE_HTTPS_PORTS");
        },
        // So its endpoint for HTTPS is, inside, its port for HTTP.
        static (plan, _, environment, _) =>
        {
            foreach (var project in plan.Workloads.Where(static each => each.Image is ProjectImage))
            {
                foreach (var (name, value) in environment.ToList())
                    environment[name] = value.Replace($"<{project.Name}.https.", $"<{project.Name}.http.", StringComparison.Ordinal);
            }
        },
        // Redis reads its password from a file: arguments stand in process lists.
        static (_, workload, environment, arguments) =>
        {
            if (!workload.Image.ToString()!.Contains("/redis:", StringComparison.Ordinal))
                return;
            var password = environment["REDIS_PASSWORD"].Trim('<', '>');
            Assert.Equal($"requirepass \"{{{password}:word}}\"\n", Assert.Single(workload.SecretFiles).Content.ToString());
            environment.Remove("REDIS_PASSWORD");
            arguments[1] = arguments[1]
                .Replace("redis-server", "exec redis-server /run/secrets/redis.conf", StringComparison.Ordinal)
                .Replace(" --requirepass $REDIS_PASSWORD", "", StringComparison.Ordinal);
        },
    ];

    // How a secret is quoted in a connection string isn't shown: Aspire's manifest doesn't quote it, and the client reads the same value.
    private static string Resolved(DeploymentPlan plan, Template value) =>
        value.Render(part =>
            part switch
            {
                PlanEndpoint { Property: PlanProperty.HostAndPort } endpoint =>
                    $"<{endpoint.Workload}.{endpoint.Port}.host>:<{endpoint.Workload}.{endpoint.Port}.port>",
                PlanEndpoint { Property: PlanProperty.Scheme } endpoint => plan.WorkloadNamed(endpoint.Workload)
                    .PortNamed(endpoint.Port)
                    .Scheme,
                PlanEndpoint endpoint => $"<{endpoint.ToString()[1..^1]}>",
                SecretReference secret => $"<{secret.Secret}{(secret.Encoding == ValueEncoding.Uri ? ":uri" : "")}>",
                ParameterReference parameter => $"<{parameter.Parameter}{(parameter.Encoding == ValueEncoding.Uri ? ":uri" : "")}>",
                _ => part.ToString(),
            }
        );
}
