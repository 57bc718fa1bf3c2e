var builder = DistributedApplication.CreateBuilder(args).WithFastStart().WithOrderedStop();

var catalog = builder.AddPostgres("postgres").WithDataVolume().RunAsProcess().AddDatabase("catalog");

var cache = builder.AddRedis("cache").RunAsProcess();

var migrator = builder.AddProject<Projects.Migrator>("migrator").WithServiceDefaults().WithReference(catalog).WaitFor(catalog);

var api = builder
    .AddProject<Projects.Api>("api")
    .WithServiceDefaults()
    .WithReference(catalog)
    .WithReference(cache)
    .WaitFor(cache)
    .WaitForCompletion(migrator)
    .WithReplicas(3)
    .WithHttpHealthCheck("/health")
    .WithRestartPolicy(RestartMode.Always)
    .WithMemory(limit: "512Mi", request: "128Mi")
    .WithExternalHttpEndpoints();

builder.AddGateway("gateway").WithRoute("/", api).WithHttps();

builder.AddDockerComposeTarget("compose");
builder.AddDockerSwarmTarget("swarm");
builder.AddKubernetesTarget("kubernetes").WithIngress("haproxy", clusterIssuer: "letsencrypt");
builder.AddNomadTarget("nomad").WithClientNetwork("private");
builder.AddAzureContainerAppsTarget("azure").WithManagedPostgres();

builder.AddTerminalView();

builder.Build().Run();
