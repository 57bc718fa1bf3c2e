using AspireDeploy.Workload;

namespace AspireDeploy.Api.Tests;

public sealed class TelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trace_CachedRead_GoesThroughApiRedisAndPostgres()
    {
        await using var collector = await OtlpCollector.StartAsync(Cancellation);
        await using var backing = await Backing.StartAsync(Cancellation);
        await using var replica = await Replica.StartAsync(With(backing, collector), "one", Cancellation);
        // Until Redis is connected, reads do without it.
        var id = 0;
        await Until.TrueAsync(
            async () =>
            {
                var item = await replica.Client.MakeAsync();
                id = item.Id;
                await replica.Client.NameAsync(item.Path);
                return await backing.CachedAsync(id) is not null;
            },
            TimeSpan.FromSeconds(60),
            () => "No item ever came to Redis.",
            Cancellation
        );

        CollectedSpan? request = null;
        IReadOnlyList<CollectedSpan> trace = [];
        await Until.TrueAsync(
            () =>
            {
                request = collector.Spans.FirstOrDefault(span =>
                    span.Name == "GET /items/{id:int}" && span.Attributes["url.path"] == $"/items/{id}"
                );
                trace = [.. collector.Spans.Where(span => span.TraceId == request?.TraceId)];
                return trace.Count(span => span.Attributes.GetValueOrDefault("db.system") == "redis") >= 2
                    && trace.Any(span => span.Attributes.GetValueOrDefault("db.system.name") == "postgresql");
            },
            "The trace never came whole.",
            Cancellation
        );

        Assert.All(trace.Where(span => span != request), span => Assert.Equal(request!.SpanId, span.ParentId));
        Assert.Equal("one", collector.Resource["service.instance.id"]);
        Assert.DoesNotContain(collector.Spans, span =>
            span.Attributes.Values.Any(value =>
                value.Contains(backing.Postgres.Password, StringComparison.Ordinal)
                || value.Contains(backing.Redis.Password, StringComparison.Ordinal)
            )
        );
    }

    private static Dictionary<string, string?> With(Backing backing, OtlpCollector collector) =>
        new(backing.Environment.Concat(collector.Environment));
}
