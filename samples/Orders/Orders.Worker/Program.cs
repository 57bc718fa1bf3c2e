using Orders.Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.AddNpgsqlDataSource("orders");
builder.AddRabbitMQClient("messages");
builder.Services.AddHostedService<OrderWorker>();
builder.Build().Run();
