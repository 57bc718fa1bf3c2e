using AspireDeploy.Workload;

namespace AspireDeploy.Gateway.Tests.Contract;

/// <summary>That the gateway's telemetry arrives where the services' does.</summary>
public sealed class LocalTelemetryTests
{
    private const string Trace = "0AF7651916CD43DD8448EB211C80319C";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_Passing_LeavesSpansOfItsTraceAndMetrics()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancellation);
        await using var gateway = new Observed(collector);
        await gateway.InitializeAsync();
        var seen = await gateway.SeeAsync("/", ("traceparent", $"00-{Trace}-b7ad6b7169203331-01".ToLowerInvariant()));
        await Until.TrueAsync(
            () => collector.Spans.Count(span => span.TraceId == Trace) >= 2 && collector.Bytes("metrics") > 0,
            "It never arrived.",
            Cancellation
        );
        var server = Assert.Single(collector.Spans, span => span.TraceId == Trace && span.ParentId == "B7AD6B7169203331");
        var client = Assert.Single(collector.Spans, span => span.TraceId == Trace && span.ParentId == server.SpanId);
        Assert.Equal([$"00-{Trace}-{client.SpanId}-01".ToLowerInvariant()], seen.Headers["traceparent"]);
        Assert.Equal("gateway", collector.Resource["service.name"]);
    }

    private sealed class Observed(OtlpCollector collector) : LocalGateway
    {
        protected override int First => 1;

        protected override IReadOnlyDictionary<string, string?> Settings =>
            new Dictionary<string, string?>(collector.Environment) { ["OTEL_SERVICE_NAME"] = "gateway" };
    }
}
