var builder = DistributedApplication.CreateBuilder(args);

var catalog = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("catalog");

var cache = builder.AddRedis("cache");

var migrator = builder.AddProject<Projects.Migrator>("migrator").WithReference(catalog).WaitFor(catalog);

var api = builder
    .AddProject<Projects.Api>("api")
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

builder.Build().Run();
