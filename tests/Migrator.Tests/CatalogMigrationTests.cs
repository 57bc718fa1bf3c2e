using AspireDeploy.Data;
using AspireDeploy.Workload;
using Microsoft.EntityFrameworkCore;

namespace AspireDeploy.Migrator.Tests;

public sealed class CatalogMigrationTests
{
    private static readonly string[] Known = KnownMigrations();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_NoDatabaseYet_CreatesAppliesSeedsAndSaysSo()
    {
        await using var catalog = await Catalog.PrepareAsync();

        var said = await catalog.RunAsync();

        Assert.Equal(Known, await catalog.AppliedAsync());
        Assert.Equal(["Desk lamp", "Mechanical keyboard", "Notebook"], await catalog.ReadAsync("SELECT name FROM items ORDER BY id"));
        var place = $"catalog at 127.0.0.1:{catalog.Postgres.Port}";
        Assert.Equal([$"creating {place}", $"{Known.Length} migrations pending on {place}"], said.Take(2));
        Assert.Equal(Known, said.Where(line => line.StartsWith("applying ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));
        Assert.All(Known, migration => Assert.Single(said, line => line.StartsWith($"applied  {migration} in ", StringComparison.Ordinal)));
        Assert.Contains("seeded first-items: 3 items", said);
        Assert.StartsWith("done in ", said[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(said, line => line.Contains(catalog.Postgres.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Migrate_SecondTime_FindsNothingToDoAndLeavesWhatPeopleChanged()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await catalog.RunAsync();
        await catalog.ExecuteAsync("DELETE FROM items WHERE name = 'Notebook'; UPDATE items SET name = 'My lamp' WHERE name = 'Desk lamp'");

        var said = await catalog.RunAsync();

        Assert.Equal(2, said.Count);
        Assert.EndsWith("is up to date", said[0], StringComparison.Ordinal);
        Assert.Equal(["Mechanical keyboard", "My lamp"], await catalog.ReadAsync("SELECT name FROM items ORDER BY name"));
    }

    [Fact]
    public async Task Migrate_ConnectionStringIsASecretFile_IsRead()
    {
        await using var catalog = await Catalog.PrepareAsync();
        var secrets = Directory.CreateTempSubdirectory("secrets-");
        try
        {
            foreach (var (name, value) in catalog.Environment)
                await File.WriteAllTextAsync(Path.Combine(secrets.FullName, name), value, Cancellation);
            await using var migrator = ServiceProcess.Start(
                "Migrator",
                new Dictionary<string, string?> { ["Secrets__Directory"] = secrets.FullName }
            );

            Assert.Equal(0, await migrator.EndAsync(Cancellation));
            Assert.Equal(Known, await catalog.AppliedAsync());
        }
        finally
        {
            secrets.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Migrate_EachMigration_IsASpan()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancellation);
        await using var catalog = await Catalog.PrepareAsync();
        await using var migrator = ServiceProcess.Start(
            "Migrator",
            new Dictionary<string, string?>(catalog.Environment.Concat(collector.Environment))
        );

        Assert.Equal(0, await migrator.EndAsync(Cancellation));

        // Ending sends what there is: nothing needs to be waited for.
        var whole = Assert.Single(collector.Spans, span => span.Name == "migrate");
        var each = collector.Spans.Where(span => span.Name.StartsWith("apply ", StringComparison.Ordinal)).ToList();
        Assert.Equal(Known, each.Select(span => span.Attributes["migration.id"]).Order());
        Assert.All(each, span => Assert.Equal((whole.SpanId, whole.TraceId), (span.ParentId, span.TraceId)));
        Assert.Contains(collector.Spans, span =>
            span.Attributes.GetValueOrDefault("db.system.name") == "postgresql" && each.Exists(one => one.SpanId == span.ParentId)
        );
        Assert.Equal("Migrator", collector.Resource["service.name"]);
        Assert.True(collector.Bytes("logs") > 0);
    }

    [Fact]
    public async Task Migrate_TwoAtOnce_OneWorksAndTheOtherFindsNothingToDo()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await CreateAsync(catalog);
        // Both have come as far as the lock before either gets it.
        await using var held = await catalog.OpenAsync();
        await Catalog.ExecuteAsync(held, "SELECT pg_advisory_lock(hashtextextended('AspireDeploy.Migrator', 0))");
        await using var first = catalog.Start();
        await using var second = catalog.Start();
        await first.UntilSaysAsync("another migrator is at work", Cancellation);
        await second.UntilSaysAsync("another migrator is at work", Cancellation);

        await Catalog.ExecuteAsync(held, "SELECT pg_advisory_unlock_all()");

        Assert.Equal(0, await first.EndAsync(Cancellation));
        Assert.Equal(0, await second.EndAsync(Cancellation));
        var applied = new[] { first, second }.Select(migrator =>
            migrator.Output.Count(line => line.StartsWith("applied ", StringComparison.Ordinal))
        );
        Assert.Equal([0, Known.Length], applied.Order());
        Assert.Single(first.Output.Concat(second.Output), line => line.EndsWith("is up to date", StringComparison.Ordinal));
        Assert.Equal(["3"], await catalog.ReadAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task Migrate_TwoAtOnceOnAServerWithoutTheDatabase_BothEndWell()
    {
        await using var catalog = await Catalog.PrepareAsync();

        await Task.WhenAll(catalog.RunAsync(), catalog.RunAsync());

        Assert.Equal(Known, await catalog.AppliedAsync());
        Assert.Equal(["3"], await catalog.ReadAsync("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task Migrate_KilledHalfWay_TheNextRunFinishes()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await using var held = await HoldAlterationsAsync(catalog);
        await using (var killed = catalog.Start())
        {
            await UntilHeldAsync(catalog);
            killed.Kill();
            await killed.EndAsync(Cancellation);
            Assert.Contains(killed.Output, line => line == $"applying {Known[1]}");
        }
        Assert.Equal([Known[0]], await catalog.AppliedAsync());

        // It has to wait until PostgreSQL has noticed that the other is dead, and comes to the same place.
        await using var next = catalog.Start();
        await next.UntilSaysAsync($"applying {Known[1]}", Cancellation);
        Assert.Contains(next.Output, line => line.StartsWith("2 migrations pending", StringComparison.Ordinal));
        await UntilHeldAsync(catalog);
        await Catalog.ExecuteAsync(held, "SELECT pg_advisory_unlock_all()");

        Assert.Equal(0, await next.EndAsync(Cancellation));
        Assert.Equal(Known, await catalog.AppliedAsync());
        Assert.Equal(["3"], await catalog.ReadAsync("SELECT count(*) FROM items WHERE version = 1"));
    }

    [Fact]
    public async Task Migrate_ToldToStopHalfWay_SaysSoAndTheNextRunFinishes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        await using var catalog = await Catalog.PrepareAsync();
        await using var held = await HoldAlterationsAsync(catalog);
        await using var stopped = catalog.Start();
        await UntilHeldAsync(catalog);

        stopped.Terminate();

        Assert.Equal(1, await stopped.EndAsync(Cancellation));
        Assert.Contains("the next run does the rest", Assert.Single(stopped.Errors), StringComparison.Ordinal);
        await Catalog.ExecuteAsync(held, "SELECT pg_advisory_unlock_all()");
        await catalog.RunAsync();
        Assert.Equal(Known, await catalog.AppliedAsync());
    }

    [Fact]
    public async Task Migrate_AMigrationFails_IsOneWithOneLineAndKeepsWhatWasDone()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await CreateAsync(catalog);
        await catalog.ExecuteAsync(
            """
            CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''disk full''; END';
            CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION refuse();
            """
        );
        await using var migrator = catalog.Start();

        Assert.Equal(1, await migrator.EndAsync(Cancellation));

        var why = Assert.Single(migrator.Errors);
        Assert.Contains("disk full", why, StringComparison.Ordinal);
        Assert.Contains(Known[1], why, StringComparison.Ordinal);
        Assert.Equal([Known[0]], await catalog.AppliedAsync());
    }

    [Fact]
    public async Task List_NothingThereYet_ShowsAllPendingAndCreatesNothing()
    {
        await using var catalog = await Catalog.PrepareAsync();

        var said = await catalog.RunAsync("--list");

        Assert.Equal(
            Known.Select(migration => $"pending  {migration}"),
            said.Where(line => line.StartsWith("pending ", StringComparison.Ordinal))
        );
        Assert.StartsWith($"{Known.Length} migrations pending on ", said[^1], StringComparison.Ordinal);
        Assert.Empty(await catalog.ReadAsync("SELECT datname FROM pg_database WHERE datname = 'catalog'", "postgres"));
    }

    [Fact]
    public async Task List_SomeApplied_ShowsWhichArePendingAndChangesNothing()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await CreateAsync(catalog);
        Assert.Equal(Known.Length + 1, (await catalog.RunAsync("--list")).Count);
        Assert.Empty(
            await catalog.ReadAsync("SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE n.nspname = 'public'")
        );
        await MigrateToAsync(catalog, Known[0]);

        var said = await catalog.RunAsync("--list");

        Assert.Equal([$"applied  {Known[0]}", .. Known[1..].Select(migration => $"pending  {migration}")], said.SkipLast(1));
        Assert.StartsWith($"{Known.Length - 1} migrations pending on ", said[^1], StringComparison.Ordinal);
        Assert.Equal([Known[0]], await catalog.AppliedAsync());
    }

    private static async Task CreateAsync(Catalog catalog)
    {
        await using var connection = await catalog.OpenAsync("postgres");
        await Catalog.ExecuteAsync(connection, "CREATE DATABASE catalog");
    }

    // The second migration alters a table: once it has, and before it is whole, it waits for a lock that the returned session holds.
    private static async Task<Npgsql.NpgsqlConnection> HoldAlterationsAsync(Catalog catalog)
    {
        await CreateAsync(catalog);
        await catalog.ExecuteAsync(
            """
            CREATE FUNCTION hold() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_advisory_xact_lock(1); END';
            CREATE EVENT TRIGGER hold ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION hold();
            """
        );
        var held = await catalog.OpenAsync();
        await Catalog.ExecuteAsync(held, "SELECT pg_advisory_lock(1)");
        return held;
    }

    private static Task UntilHeldAsync(Catalog catalog) =>
        Until.TrueAsync(
            async () =>
                (
                    await catalog.ReadAsync(
                        "SELECT pid FROM pg_stat_activity WHERE application_name = 'Migrator' AND wait_event_type = 'Lock'"
                    )
                ).Count == 1,
            TimeSpan.FromSeconds(60),
            () => "The migration never came to the lock.",
            Cancellation
        );

    private static async Task MigrateToAsync(Catalog catalog, string migration)
    {
        await using var context = new CatalogContext(
            new DbContextOptionsBuilder<CatalogContext>().UseNpgsql(catalog.Postgres.ConnectionString("catalog") + ";Pooling=false").Options
        );
        await context.Database.MigrateAsync(migration, Cancellation);
    }

    private static string[] KnownMigrations()
    {
        using var context = new CatalogContext(new DbContextOptionsBuilder<CatalogContext>().UseNpgsql().Options);
        return [.. context.Database.GetMigrations()];
    }
}
