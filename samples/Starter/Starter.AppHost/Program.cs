var builder = DistributedApplication.CreateBuilder(args);

var cache = builder.AddRedis("cache");

var apiService = builder.AddProject<Projects.Starter_ApiService>("apiservice").WithHttpHealthCheck("/health");

var web = builder
    .AddProject<Projects.Starter_Web>("webfrontend")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(cache)
    .WaitFor(cache)
    .WithReference(apiService)
    .WaitFor(apiService);

// From here on: what is added to deploy it.
builder.AddGateway("gateway").WithRoute("/", web).WithHttps();

builder.AddDockerComposeTarget("compose");
builder.AddDockerSwarmTarget("swarm");
builder.AddKubernetesTarget("kubernetes");
builder.AddNomadTarget("nomad");
builder.AddAzureContainerAppsTarget("azure");

builder.Build().Run();
