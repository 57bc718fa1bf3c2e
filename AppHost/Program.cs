var builder = DistributedApplication.CreateBuilder(args)
    .WithFastStart()
    .WithOrderedStop();

var catalog = builder.AddPostgres("postgres")
    .WithDataVolume()
    .RunAsProcess()
    .AddDatabase("catalog");

var cache = builder.AddRedis("cache")
    .RunAsProcess();

var migrator = builder.AddProject<Projects.Migrator>("migrator")
    .WithReference(catalog)
    .WaitFor(catalog);

var api = builder.AddProject<Projects.Api>("api")
    .WithReference(catalog)
    .WithReference(cache)
    .WaitFor(cache)
    .WaitForCompletion(migrator)
    .WithReplicas(3)
    .WithHttpHealthCheck("/health")
    .WithRestart(RestartMode.Always)
    .WithMemory(limit: "512Mi", request: "128Mi")
    .WithExternalHttpEndpoints();

builder.AddGateway("gateway")
    .WithRoute("/", api)
    .WithHttps();

builder.AddComposeTarget("compose");
builder.AddSwarmTarget("swarm");
builder.AddKubernetesTarget("kubernetes")
    .UseIngress("haproxy", clusterIssuer: "letsencrypt");
builder.AddNomadTarget("nomad")
    .WithHostNetwork("private");
builder.AddAzureContainerAppsTarget("azure")
    .UseManagedPostgres();

builder.AddTerminalView();

builder.Build().Run();
