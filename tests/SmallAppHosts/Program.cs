using System.Globalization;

// The aspire command puts arguments of its own first: there a variable names the declaration.
var named = Environment.GetEnvironmentVariable("SMALL_APPHOST");
var (name, rest) = named is null ? (args.FirstOrDefault(), args.Skip(1).ToArray()) : (named, args);

// What the declarations below run: a process that does nothing until it is told to stop.
if (name == "idle")
{
    await Task.Delay(Timeout.Infinite);
}

var builder = DistributedApplication.CreateBuilder(rest).WithFastStart().WithOrderedStop();
switch (name)
{
    // A test declares what it wants.
    case "empty":
        break;

    // Servers as processes, and nothing that orders how they stop.
    case "servers":
        KeepCertificate();
        var orders = builder.AddPostgres("ledger").RunAsProcess().AddDatabase("orders");
        builder.AddExecutable("worker", "sleep", ".", "600").WaitFor(orders).WaitFor(builder.AddRedis("sessions").RunAsProcess());
        break;

    // Containers that refer to servers that are processes.
    case "container-clients":
        KeepCertificate();
        var accounts = builder.AddPostgres("ledger").RunAsProcess().AddDatabase("orders");
        var visits = builder.AddRedis("sessions").RunAsProcess();
        builder
            .AddContainer("reporter", "docker.io/library/postgres", "18.3")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", "psql \"$ORDERS_URI\" -Atc \"select 'reporter reads ' || current_database()\"; exec sleep 600")
            .WithReference(accounts)
            .WaitFor(accounts);
        builder
            .AddContainer("counter", "docker.io/library/redis", "8.6")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", "redis-cli -u \"$SESSIONS_URI\" set counter counts; redis-cli -u \"$SESSIONS_URI\" get counter; exec sleep 600")
            .WithReference(visits)
            .WaitFor(visits);
        break;

    case "kept-servers":
        KeepCertificate();
        builder
            .AddExecutable("worker", "sleep", ".", "600")
            .WaitFor(builder.AddPostgres("ledger").WithDataVolume("books").RunAsProcess())
            .WaitFor(builder.AddRedis("sessions").WithDataVolume("visitors").RunAsProcess());
        break;

    case "well-formed":
        Idle("first");
        Idle("second").WaitFor(Idle("third"));
        break;

    case "whole":
        var catalog = builder.AddPostgres("postgres").WithDataVolume().RunAsProcess().AddDatabase("catalog");
        Idle("api").WaitFor(catalog).WaitFor(builder.AddRedis("cache").RunAsProcess());
        break;

    case "stubborn":
        builder.AddExecutable("stubborn", "/bin/sh", ".", "-c", "trap '' TERM; exec sleep 600");
        break;

    case "duplicate-name":
        Idle("api");
        builder.AddRedis("API");
        break;

    case "malformed-name":
        Idle("my_api");
        break;

    case "wait-cycle":
        var api = Idle("api");
        api.WaitForCompletion(Idle("migrator").WaitFor(api));
        break;

    case "unproxied-replicas":
        builder.AddProject("api", "../../Migrator/Migrator.csproj").WithReplicas(2).WithHttpEndpoint(5123, name: "web", isProxied: false);
        break;

    case "fixed-port":
        var port = Number("PORT");
        Idle("api").WithHttpEndpoint(port, name: "web", env: "LISTEN");
        break;

    case "fixed-database-port":
        builder.AddPostgres("postgres", port: Number("PORT")).RunAsProcess();
        break;

    case "failing-steps":
        builder.Pipeline.AddStep("one", _ => throw new DistributedApplicationException("The disk is full."), requiredBy: "after-all");
        builder.Pipeline.AddStep("two", _ => throw new InvalidOperationException("Odd."), requiredBy: "after-all");
        builder.Pipeline.AddStep(
            "after",
            _ => throw new InvalidOperationException("It must not run."),
            dependsOn: "one",
            requiredBy: "after-all"
        );
        builder.Pipeline.AddStep("after-all", _ => Task.CompletedTask);
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0");
        builder.AddDockerComposeTarget();
        break;

    case "deployable":
        var store = builder.AddPostgres("postgres").AddDatabase("catalog");
        var migrator = builder
            .AddProject("migrator", "../../Migrator/Migrator.csproj")
            .WithServiceDefaults()
            .WithReference(store)
            .WaitFor(store);
        builder
            .AddContainer("after", "docker.io/library/busybox", "1.37.0")
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", "trap 'exit 0' TERM; sleep 600 & wait")
            .WaitForCompletion(migrator);
        var registry = Environment.GetEnvironmentVariable("REGISTRY")!;
        var images = builder.AddContainerRegistry("images", registry);
        builder.AddDockerComposeTarget().WithContainerRegistry(images);
        builder.AddDockerSwarmTarget().WithContainerRegistry(images);
        break;

    // What Aspire's template declares, with replicas, a secret and a connection string beside it, and nothing of ours but the target and
    // the gateway.
    case "starter":
        var pages = builder.AddRedis("cache");
        var weather = builder.AddProject("apiservice", Starter("ApiService")).WithHttpHealthCheck("/health");
        var frontend = builder
            .AddProject("webfrontend", Starter("Web"))
            .WithExternalHttpEndpoints()
            .WithHttpHealthCheck("/health")
            .WithReference(pages)
            .WaitFor(pages)
            .WithReference(weather)
            .WaitFor(weather)
            .WithReplicas(2)
            .WithEnvironment("API_KEY", builder.AddParameter("api-key", secret: true))
            .WithReference(builder.AddConnectionString("my-db"));
        builder.AddGateway("gateway").WithRoute("/", frontend).WithHttps().WithPublicPorts(Number("HTTP_PORT"), Number("HTTPS_PORT"));
        builder.AddDockerComposeTarget();
        builder.AddDockerSwarmTarget();
        break;

    case "dockerfile":
        builder.AddDockerfile("page", Environment.GetEnvironmentVariable("CONTEXT")!);
        builder.AddDockerComposeTarget();
        break;

    case "secretive":
        builder.AddProject("migrator", "../../Migrator/Migrator.csproj").WithServiceDefaults();
        builder
            .AddContainer("mail", "docker.io/library/busybox", "1.37.0")
            .WithEnvironment("KEY", builder.AddParameter("payment-key", secret: true))
            .WithSecretAsFile("KEY", "KEY_FILE");
        builder.AddDockerComposeTarget();
        break;

    case "one-target":
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0");
        builder.AddDockerComposeTarget();
        break;

    case "for-azd":
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0");
        builder.AddAzureContainerAppsTarget();
        break;

    case "refused-by-azure":
        builder.AddContainer("big", "docker.io/library/busybox", "1.37.0").WithMemory("9Gi");
        builder.AddAzureContainerAppsTarget();
        break;

    case "lossy":
        builder
            .AddContainer("api", "docker.io/library/busybox", "1.37.0")
            .WithRestartPolicy(RestartMode.Always, initialBackoff: TimeSpan.FromSeconds(7));
        builder
            .AddContainer("worker", "docker.io/library/busybox", "1.37.0")
            .WithRestartPolicy(RestartMode.Always, initialBackoff: TimeSpan.FromSeconds(7));
        builder.AddDockerComposeTarget();
        builder.AddDockerSwarmTarget();
        break;

    case "unpublishable":
        builder
            .AddContainer("api", "docker.io/library/busybox", "1.37.0")
            .WithTcpProbe(ProbeType.Readiness, "web")
            .WithTcpProbe(ProbeType.Liveness, "page");
        builder.AddDockerComposeTarget();
        builder.AddDockerSwarmTarget();
        break;

    case "mistaken":
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0").WithMemory("12 pounds");
        builder.AddDockerComposeTarget();
        break;

    case "mistaken-limit":
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0").WithMemory("512");
        builder.AddDockerComposeTarget();
        break;

    case "mistaken-request":
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0").WithMemory("512Mi", "1Gi");
        builder.AddDockerComposeTarget();
        break;

    case "mistaken-as-a-whole":
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0");
        builder.AddGateway("gateway", httpsPort: 7080);
        builder.AddDockerComposeTarget();
        break;

    case "parameters":
        builder
            .AddContainer("api", "docker.io/library/busybox", "1.37.0")
            .WithEnvironment("GREETING", builder.AddParameter("greeting"))
            .WithEnvironment("KEY", builder.AddParameter("payment-key", secret: true))
            .WithSecretAsFile("KEY", "KEY_FILE");
        builder.AddDockerComposeTarget();
        break;

    // An AppHost may have every step run by means of its own.
    case "every-step":
        builder.AddContainer("api", "docker.io/library/busybox", "1.37.0");
        builder.AddDockerComposeTarget();
        builder.AddDockerSwarmTarget();
        builder.AddKubernetesTarget().WithPodSecurity(PodSecurity.Baseline);
        builder.AddNomadTarget();
        builder.AddAzureContainerAppsTarget();
        builder.Pipeline.AddStep("every", _ => Task.CompletedTask);
        builder.Pipeline.AddPipelineConfiguration(context =>
        {
            foreach (var step in context.Steps.Where(step => step.Resource is AspireDeploy.Targets.TargetResource))
                context.Steps.First(each => each.Name == "every").DependsOn(step);
            return Task.CompletedTask;
        });
        break;

    default:
        throw new ArgumentException($"There is no declaration '{name}' here.");
}

builder.Build().Run();

IResourceBuilder<ExecutableResource> Idle(string resource) =>
    builder.AddExecutable(
        resource,
        Path.ChangeExtension(typeof(Program).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null),
        ".",
        "idle"
    );

static string Starter(string project) =>
    Path.Combine(Environment.GetEnvironmentVariable("STARTER")!, $"Starter.{project}", $"Starter.{project}.csproj");

static int Number(string variable) => int.Parse(Environment.GetEnvironmentVariable(variable)!, CultureInfo.InvariantCulture);

// The orchestrator makes a key at every start otherwise, which takes minutes of a busy machine.
void KeepCertificate() =>
    builder.WithFastStart(options =>
        (options.StartBuiltProjects, options.AskHealthPromptly, options.OmitUnusedTelemetry) = (false, false, false)
    );
