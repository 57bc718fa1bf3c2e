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
}
