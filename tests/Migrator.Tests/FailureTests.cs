using AspireDeploy.Workload;

namespace AspireDeploy.Migrator.Tests;

/// <summary>What a person gets who has set something wrong, or whose database is out: an exit code and one line.</summary>
public sealed class FailureTests
{
    private const string Secret = "hunter2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("", "is missing")]
    [InlineData($"postgres://migrator:{Secret}@db/catalog", "can't be read")]
    [InlineData($"Host=127.0.0.1;Port=many;Password={Secret}", "can't be read")]
    [InlineData($"Password={Secret};Database=catalog", "names no host")]
    public async Task Run_ConnectionStringIsWrong_IsTwo(string? connectionString, string why)
    {
        await using var migrator = ServiceProcess.Start("Migrator", Where(connectionString));

        await AssertEndsAsync(migrator, 2, "ConnectionStrings:catalog", why);
    }

    [Theory]
    [InlineData("--force")]
    [InlineData("list")]
    [InlineData("")]
    [InlineData("--list", "--dry-run")]
    public async Task Run_OptionIsUnknown_IsTwo(params string[] arguments)
    {
        await using var migrator = ServiceProcess.Start("Migrator", Where($"Host=127.0.0.1;Password={Secret}"), arguments);

        await AssertEndsAsync(migrator, 2, $"Unknown option '{arguments[^1]}'", "--list");
    }

    [Theory]
    [InlineData]
    [InlineData("--list")]
    public async Task Run_DatabaseIsDown_IsOneNamingWhere(params string[] arguments)
    {
        var port = ServiceProcess.FreePort();
        await using var migrator = ServiceProcess.Start(
            "Migrator",
            Where($"Host=127.0.0.1;Port={port};Username=migrator;Password={Secret};Database=catalog"),
            arguments
        );

        await AssertEndsAsync(migrator, 1, $"catalog at 127.0.0.1:{port}", "refused");
        Assert.Equal([$"waiting for catalog at 127.0.0.1:{port}"], migrator.Output);
    }

    [Fact]
    public async Task Run_PasswordIsWrong_IsOneAtOnce()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await using var migrator = ServiceProcess.Start(
            "Migrator",
            Where(catalog.Environment["ConnectionStrings__catalog"]!.Replace(catalog.Postgres.Password, Secret, StringComparison.Ordinal))
        );

        await AssertEndsAsync(migrator, 1, "password authentication failed");
        Assert.Empty(migrator.Output);
    }

    [Fact]
    public async Task Run_CertificateIsNowhere_IsOne()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await using var migrator = ServiceProcess.Start(
            "Migrator",
            Where(catalog.Environment["ConnectionStrings__catalog"] + ";SSL Mode=VerifyCA;Root Certificate=/nowhere/ca.pem")
        );

        await AssertEndsAsync(migrator, 1, "catalog at 127.0.0.1");
    }

    [Fact]
    public async Task Run_DatabaseComesWhileItWaits_IsZero()
    {
        await using var catalog = await Catalog.PrepareAsync();
        await catalog.Postgres.KillAsync();
        await using var migrator = catalog.Start();
        await migrator.UntilSaysAsync("waiting for catalog at", Cancellation);

        await catalog.Postgres.StartAgainAsync(Cancellation);

        Assert.Equal(0, await migrator.EndAsync(Cancellation));
    }

    [Fact]
    public async Task Help_AnyConfiguration_IsZeroAndNamesOptionsAndExitCodes()
    {
        await using var migrator = ServiceProcess.Start("Migrator", Where(null), "--help");

        Assert.Equal(0, await migrator.EndAsync(Cancellation));

        Assert.Contains(migrator.Output, line => line.Contains("--list", StringComparison.Ordinal));
        Assert.Contains(migrator.Output, line => line.Contains("Exit codes", StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> Where(string? connectionString) =>
        new() { ["ConnectionStrings__catalog"] = connectionString };

    private static async Task AssertEndsAsync(ServiceProcess migrator, int code, params string[] why)
    {
        Assert.Equal(code, await migrator.EndAsync(Cancellation));
        var line = Assert.Single(migrator.Errors);
        Assert.All(why, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain(Secret, migrator.Everything(), StringComparison.Ordinal);
    }
}
