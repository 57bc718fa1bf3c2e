using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Workload;

/// <summary>A span, as far as tests look at one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TraceId">Its trace, in hexadecimal.</param>
/// <param name="SpanId">Its own number, in hexadecimal.</param>
/// <param name="ParentId">The span it belongs to, in hexadecimal, or empty.</param>
/// <param name="Attributes">Its attributes whose values are texts.</param>
public sealed record CollectedSpan(
    string Name,
    string TraceId,
    string SpanId,
    string ParentId,
    IReadOnlyDictionary<string, string> Attributes
);

/// <summary>
/// A real OTLP receiver over HTTP (OpenTelemetry protocol specification, "OTLP/HTTP", binary encoding), on a free port of loopback. It
/// reads the fields that tests look at (<c>opentelemetry/proto/trace/v1/trace.proto</c>).
/// </summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, string> _resource = new();
    private readonly ConcurrentDictionary<string, int> _bodies = new();

    private OtlpCollector(WebApplication server) => _server = server;

    /// <summary>Gets what tells a process to export here.</summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _server.Urls.First(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        };

    /// <summary>Gets the spans that have arrived.</summary>
    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    /// <summary>Gets the attributes of the resources that the spans came from.</summary>
    public IReadOnlyDictionary<string, string> Resource => _resource;

    /// <summary>Returns how many bytes of a signal have arrived.</summary>
    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    public int Bytes(string signal) => _bodies.GetValueOrDefault(signal);

    /// <summary>Starts one.</summary>
    public static async Task<OtlpCollector> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var collector = new OtlpCollector(server);
        server.MapPost("/v1/{signal}", (RequestDelegate)collector.ReceiveAsync);
        await server.StartAsync(cancellationToken);
        return collector;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var signal = (string)context.Request.RouteValues["signal"]!;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _bodies.AddOrUpdate(signal, (int)body.Length, (_, sum) => sum + (int)body.Length);
        if (signal == "traces")
            ReadTraces(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }

    private void ReadTraces(byte[] request)
    {
        foreach (var resourceSpans in Messages(request, 1))
        {
            foreach (var (key, value) in Messages(resourceSpans, 1).SelectMany(resource => Attributes(resource, 1)))
                _resource[key] = value;
            foreach (var span in Messages(resourceSpans, 2).SelectMany(scope => Messages(scope, 2)))
                _spans.Enqueue(ReadSpan(span));
        }
    }

    private static CollectedSpan ReadSpan(byte[] span) =>
        new(
            Text(span, 5),
            Convert.ToHexString(Messages(span, 1).FirstOrDefault([])),
            Convert.ToHexString(Messages(span, 2).FirstOrDefault([])),
            Convert.ToHexString(Messages(span, 4).FirstOrDefault([])),
            Attributes(span, 9)
        );

    private static Dictionary<string, string> Attributes(byte[] message, int field)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var pair in Messages(message, field))
        {
            attributes[Text(pair, 1)] = Messages(pair, 2).Select(value => Text(value, 1)).FirstOrDefault("");
        }
        return attributes;
    }

    private static string Text(byte[] message, int field) =>
        System.Text.Encoding.UTF8.GetString(Messages(message, field).FirstOrDefault([]));

    // The length-delimited fields with a number: messages, texts and bytes look the same.
    private static IEnumerable<byte[]> Messages(byte[] message, int field)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == field && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                yield return input.ReadBytes().ToByteArray();
            }
            else
            {
                input.SkipLastField();
            }
        }
    }
}
