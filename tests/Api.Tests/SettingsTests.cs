using AspireDeploy.Workload;

namespace AspireDeploy.Api.Tests;

public sealed class SettingsTests
{
    private const string Secret = "hunter2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ConnectionStrings__catalog", null, "ConnectionStrings:catalog")]
    [InlineData("ConnectionStrings__catalog", $"postgres://api:{Secret}@db/catalog", "ConnectionStrings:catalog")]
    [InlineData("ConnectionStrings__cache", $",password={Secret}", "ConnectionStrings:cache")]
    [InlineData("ConnectionStrings__cache", $"cache:6379,password={Secret},ssl=perhaps", "ConnectionStrings:cache")]
    [InlineData("Shutdown__DrainSeconds", "soon", "Shutdown:DrainSeconds")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task Start_SettingIsWrong_EndsWithTwoAndOneLineThatNamesIt(string variable, string? value, string named)
    {
        var environment = new Dictionary<string, string?> { ["ConnectionStrings__catalog"] = "Host=127.0.0.1" };
        environment[variable] = value;
        await using var api = ServiceProcess.Serve("Api", environment);

        Assert.Equal(2, await api.EndAsync(Cancellation));

        Assert.Contains(named, Assert.Single(api.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, api.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ConnectionStringsAreSecretFiles_IsHealthyAndSaysSoToItsOwnHealthcheck()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        var secrets = Directory.CreateTempSubdirectory("secrets-");
        try
        {
            foreach (var (name, value) in backing.Environment)
                await File.WriteAllTextAsync(Path.Combine(secrets.FullName, name), value + "\n", Cancellation);
            var environment = new Dictionary<string, string?> { ["Secrets__Directory"] = secrets.FullName };
            await using var api = await ServiceProcess.ServeAsync("Api", environment, Cancellation);
            environment["ASPNETCORE_URLS"] = api.Address!.ToString();

            await AssertHealthcheckAsync(environment, [], 0, "Healthy");
            await backing.Postgres.KillAsync();
            await AssertHealthcheckAsync(environment, [], 1, "Unhealthy");
            await AssertHealthcheckAsync(environment, ["/alive"], 0, "Healthy");
        }
        finally
        {
            secrets.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_AddressIsTaken_EndsWithOneAndOneLineThatNamesIt()
    {
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var first = await ServiceProcess.ServeAsync("Api", backing.Environment, Cancellation);
        await using var second = ServiceProcess.Start(
            "Api",
            new Dictionary<string, string?>(backing.Environment) { ["ASPNETCORE_URLS"] = first.Address!.ToString() }
        );

        Assert.Equal(1, await second.EndAsync(Cancellation));

        Assert.Contains(first.Address!.Authority, Assert.Single(second.Errors), StringComparison.Ordinal);
    }

    // As a container engine asks: the same program, in the same environment.
    private static async Task AssertHealthcheckAsync(Dictionary<string, string?> environment, string[] arguments, int code, string status)
    {
        await using var healthcheck = ServiceProcess.Start("Api", environment, ["healthcheck", .. arguments]);
        Assert.Equal(code, await healthcheck.EndAsync(Cancellation));
        Assert.Equal([status], healthcheck.Output);
    }
}
