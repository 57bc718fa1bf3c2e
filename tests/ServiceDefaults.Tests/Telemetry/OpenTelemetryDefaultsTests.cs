using AspireDeploy.Workload;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace AspireDeploy.ServiceDefaults.Tests.Telemetry;

public sealed class OpenTelemetryDefaultsTests
{
    [Fact]
    public async Task Telemetry_NoEndpoint_NothingListens()
    {
        await using var web = await RunningWeb.StartAsync();

        Assert.Null(web.App.Services.GetService<TracerProvider>());
    }

    [Fact]
    public async Task Telemetry_Endpoint_GetsLogsMetricsAndTracesOfThisReplica()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var collector = await OtlpCollector.StartAsync(cancellation);
        await using var web = await RunningWeb.StartAsync([.. collector.Environment, new("OTEL_SERVICE_INSTANCE_ID", "api-7")], map: app =>
            app.MapGet("/work", () => "done")
        );

        await web.Client.GetStringAsync("/work", cancellation);

        await Until.TrueAsync(() => collector.Spans.Any(span => span.Name == "GET /work"), "The request's span never came.", cancellation);
        await Until.TrueAsync(
            () => collector.Bytes("metrics") > 0 && collector.Bytes("logs") > 0,
            "Metrics or logs never came.",
            cancellation
        );
        Assert.Equal("api-7", collector.Resource["service.instance.id"]);
        Assert.Equal(web.App.Environment.ApplicationName, collector.Resource["service.name"]);
    }

    [Fact]
    public async Task Telemetry_ResourceFromTheEnvironment_IsKept()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var collector = await OtlpCollector.StartAsync(cancellation);
        await using var web = await RunningWeb.StartAsync(
            [.. collector.Environment, new("OTEL_SERVICE_NAME", "api"), new("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=abc")],
            map: app => app.MapGet("/work", () => "done")
        );

        await web.Client.GetStringAsync("/work", cancellation);

        await Until.TrueAsync(() => collector.Spans.Count > 0, "No span came.", cancellation);
        Assert.Equal("api", collector.Resource["service.name"]);
        Assert.Equal("abc", collector.Resource["service.instance.id"]);
    }

    [Fact]
    public async Task Telemetry_HealthIsAsked_LeavesNoTrace()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var collector = await OtlpCollector.StartAsync(cancellation);
        await using var web = await RunningWeb.StartAsync(collector.Environment, map: app => app.MapGet("/work", () => "done"));

        await web.Client.GetStringAsync("/health", cancellation);
        await web.Client.GetStringAsync("/alive", cancellation);
        await web.Client.GetStringAsync("/work", cancellation);

        await Until.TrueAsync(() => collector.Spans.Any(span => span.Name == "GET /work"), "The request's span never came.", cancellation);
        Assert.DoesNotContain(collector.Spans, span => span.Attributes.GetValueOrDefault("url.path") is "/health" or "/alive");
    }

    [Fact]
    public async Task Telemetry_EndpointIsNoUrl_NamesTheSetting()
    {
        var wrong = await Assert.ThrowsAsync<SettingException>(() =>
            RunningWeb.StartAsync([new("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")])
        );

        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", wrong.Message, StringComparison.Ordinal);
    }
}
