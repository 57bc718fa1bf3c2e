using AspireDeploy.Bench.ApiReference;
using Npgsql;

// Two servers in one program: bare Kestrel, and Kestrel with a query in raw Npgsql. Which of them answers is the request's matter; the
// benchmark starts one process for each.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await using var catalog = NpgsqlDataSource.Create(
    builder.Configuration.GetConnectionString("catalog") ?? throw new InvalidOperationException("ConnectionStrings__catalog is missing.")
);
var query = new ItemQuery(catalog);
var held = await query.AllAsync();

var app = builder.Build();
app.MapGet("/health", () => "Healthy");
app.MapGet("/bare/{id:int}", (int id, HttpResponse response) => Answer(response, held[id]));
app.MapGet("/raw/{id:int}", async (int id, HttpResponse response) => await Answer(response, await query.OneAsync(id)));
await app.RunAsync();

static Task Answer(HttpResponse response, byte[] item)
{
    response.ContentType = "application/json; charset=utf-8";
    response.ContentLength = item.Length;
    return response.Body.WriteAsync(item, 0, item.Length);
}
