using AspireDeploy.Bench.Api;
using AspireDeploy.Engines;
using AspireDeploy.Workload;
using Npgsql;

const int Items = 100;
var quiet = TimeSpan.FromSeconds(10);

if (Settings.Parse(args) is not { } settings)
{
    Console.Error.WriteLine(Settings.Usage);
    return 2;
}

await using var postgres = await PostgresServer.StartAsync(CancellationToken.None);
await using var redis = await GarnetServer.StartAsync(CancellationToken.None);

// As the Api has it for itself.
var catalog = new NpgsqlConnectionStringBuilder(postgres.ConnectionString("catalog"))
{
    MaxPoolSize = 20,
    MaxAutoPrepare = 20,
    NoResetOnClose = true,
}.ConnectionString;
var uncachedSettings = new Dictionary<string, string?> { ["ConnectionStrings__catalog"] = catalog };
var cachedSettings = new Dictionary<string, string?>(uncachedSettings) { ["ConnectionStrings__cache"] = redis.ConnectionString };

await using (var migrator = ServiceProcess.Start("Migrator", uncachedSettings))
{
    if (await migrator.EndAsync(CancellationToken.None) != 0)
        throw new InvalidOperationException(migrator.Everything());
}
await using (var source = NpgsqlDataSource.Create(catalog))
await using (
    var fill = source.CreateCommand(
        "INSERT INTO items (name, description, price, is_offer) SELECT 'Item ' || n, 'One of many.', n + 0.25, false FROM "
            + $"generate_series(4, {Items}) AS n"
    )
)
{
    await fill.ExecuteNonQueryAsync();
}

Progress("starting");
await using var cached = await ServeAsync("Api, cached", "Api", "/items", cachedSettings);
await using var bare = await ServeAsync("bare Kestrel", "bench/ApiReference", "/bare", uncachedSettings);
await using var uncached = await ServeAsync("Api, uncached", "Api", "/items", uncachedSettings);
await using var raw = await ServeAsync("raw Npgsql", "bench/ApiReference", "/raw", uncachedSettings);
await AssertSameAsync(cached, bare, uncached, raw);

Progress("memory of fresh replicas");
var fresh = new Readings();
for (var replica = 0; replica < 3; replica++)
{
    await using var server = await ServeAsync("", "Api", "/items", cachedSettings);
    await Task.Delay(quiet / 2);
    fresh.Add(server.Memory);
}

Contest[] contests = [new(cached, bare, 0.7, settings, Items), new(uncached, raw, 0.8, settings, Items)];
foreach (var (contest, name) in contests.Zip(["cached", "uncached"]))
{
    Progress($"{name}: {settings.Rounds} rounds of 2 × {settings.Seconds} s");
    await contest.RunAsync();
}

await Task.Delay(quiet);
var rested = new Readings();
rested.Add(cached.Memory);
rested.Add(uncached.Memory);

Console.WriteLine(
    $"{Environment.ProcessorCount} cores, {settings.Connections} connections, {settings.Rounds} rounds of {settings.Seconds} s each"
);
Console.WriteLine(Table.Head);
foreach (var row in contests.SelectMany(contest => contest.Rows()))
    Console.WriteLine(row);
Console.WriteLine(Table.Row("memory of a fresh replica, MiB", fresh, "0.0"));
Console.WriteLine(Table.Row($"memory {quiet.TotalSeconds} s after the load, MiB", rested, "0.0"));
return 0;

static async Task<Server> ServeAsync(string name, string program, string path, Dictionary<string, string?> environment) =>
    new(name, await ServiceProcess.ServeAsync(program, environment, CancellationToken.None), path);

static async Task AssertSameAsync(params Server[] servers)
{
    using var client = new HttpClient();
    for (var id = 1; id <= Items; id += 37)
    {
        var answers = await Task.WhenAll(
            servers.Select(server => client.GetStringAsync(new Uri(server.Running.Address!, $"{server.Path}/{id}")))
        );
        if (answers.Distinct().Count() > 1)
            throw new InvalidOperationException($"They don't answer the same: {string.Join(Environment.NewLine, answers)}");
    }
}

static void Progress(string what) => Console.Error.WriteLine($"… {what}");
