var builder = DistributedApplication.CreateBuilder(args);

var catalog = builder.AddPostgres("postgres")
    .WithDataVolume()
    .AddDatabase("catalog");

var cache = builder.AddRedis("cache");

var migrator = builder.AddProject<Projects.Migrator>("migrator")
    .WithReference(catalog)
    .WaitFor(catalog);

builder.AddProject<Projects.Api>("api")
    .WithReference(catalog)
    .WithReference(cache)
    .WaitFor(cache)
    .WaitForCompletion(migrator)
    .WithReplicas(3)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints();

builder.Build().Run();
