var builder = DistributedApplication.CreateBuilder(args);

var api = builder.AddDockerfile("api", "../Api").WithHttpEndpoint(targetPort: 3000).WithHttpHealthCheck("/health");

var frontend = builder
    .AddDockerfile("frontend", "../Frontend")
    .WithHttpEndpoint(targetPort: 3000)
    .WithHttpHealthCheck("/health")
    .WithEnvironment("API_URL", api.GetEndpoint("http"))
    .WaitFor(api)
    .WithExternalHttpEndpoints();

// From here on: what is added to deploy it.
builder.AddGateway("gateway").WithRoute("/", frontend).WithHttps();

builder.AddDockerComposeTarget("compose");
builder.AddDockerSwarmTarget("swarm");
builder.AddKubernetesTarget("kubernetes");
builder.AddNomadTarget("nomad");
builder.AddAzureContainerAppsTarget("azure");

builder.Build().Run();
