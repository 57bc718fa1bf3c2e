var builder = DistributedApplication.CreateBuilder(args);

var database = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("orders");

var messages = builder.AddRabbitMQ("messages");

builder.AddProject<Projects.Orders_Worker>("worker").WithReference(database).WaitFor(database).WithReference(messages).WaitFor(messages);

// From here on: what is added to deploy it. Nothing of it is public.
builder.AddDockerComposeTarget("compose");
builder.AddDockerSwarmTarget("swarm");
builder.AddKubernetesTarget("kubernetes");
builder.AddNomadTarget("nomad");
builder.AddAzureContainerAppsTarget("azure");

builder.Build().Run();
