using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aspire.Hosting.Dcp;

/// <summary>Speaks DCP's API, which is Kubernetes' over HTTPS on loopback.</summary>
internal sealed class DcpClient(HttpClient http) : IDisposable
{
    private const string Base = $"apis/{DcpObject.Group}/{DcpObject.Version}";
    private static readonly TimeSpan BreakBeforeWatchingAgain = TimeSpan.FromMilliseconds(50);

    public async Task<T> CreateAsync<T>(T wanted, CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(wanted, TypeInfo<T>())) { Headers = { ContentType = new("application/json") } };
        using var response = await http.PostAsync($"{Base}/{T.Plural}", content, cancellationToken).ConfigureAwait(false);
        return await ReadAsync<T>(response, $"create {wanted.Kind} '{wanted.Metadata.Name}'", cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The object, or null if there is none of that name.</returns>
    public async Task<T?> GetAsync<T>(string name, CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        using var response = await http.GetAsync($"{Base}/{T.Plural}/{name}", cancellationToken).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync<T>(response, $"read '{name}'", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the process or container behind an object to stop; it is no error if the object is gone.</summary>
    public async Task StopAsync<T>(string name, CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        using var content = new StringContent("""{"spec":{"stop":true}}""", new MediaTypeHeaderValue("application/merge-patch+json"));
        using var response = await http.PatchAsync($"{Base}/{T.Plural}/{name}", content, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            await ThrowIfFailedAsync(response, $"stop '{name}'", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has DCP look at an object now. DCP (0.25) does so half a second after a process has ended, unless the object changes. It is no error if the object is gone.</summary>
    public async Task LookAgainAsync<T>(string name, CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        var change = $$"""{"metadata":{"annotations":{"looked-again":"{{Guid.NewGuid()}}"} } }""";
        using var content = new StringContent(change, new MediaTypeHeaderValue("application/merge-patch+json"));
        using var response = await http.PatchAsync($"{Base}/{T.Plural}/{name}", content, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            await ThrowIfFailedAsync(response, $"look at '{name}'", cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task DeleteAsync<T>(string name, CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        using var response = await http.DeleteAsync($"{Base}/{T.Plural}/{name}", cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.NotFound)
        {
            await ThrowIfFailedAsync(response, $"delete '{name}'", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells of every object of a type, and of every change, until cancelled. A broken connection is made again, and nothing that changed meanwhile is missed.</summary>
    public async IAsyncEnumerable<T> WatchAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        while (true)
        {
            // Without a version to begin from, the server first sends everything there is as ADDED.
            await foreach (var change in WatchOnceAsync<T>(cancellationToken).ConfigureAwait(false))
            {
                if (change is { Type: "ADDED" or "MODIFIED", Object: { } changed })
                {
                    yield return changed;
                }
            }

            await Task.Delay(BreakBeforeWatchingAgain, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads what a process or container has written, and on as it writes.</summary>
    /// <param name="name">The object's name.</param>
    /// <param name="source"><c>stdout</c>, <c>stderr</c>, <c>startup_stdout</c>, <c>startup_stderr</c> or <c>system</c>.</param>
    /// <param name="follow">Whether to read on as it writes.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The lines, each after the moment at which it was written.</returns>
    public async IAsyncEnumerable<(DateTime Moment, string Text)> ReadLogAsync<T>(string name, string source, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : DcpObject, IDcpObject<T>
    {
        using var response = await http.GetAsync(
            $"{Base}/{T.Plural}/{name}/log?follow={(follow ? "true" : "false")}&timestamps=true&source={source}", HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            yield break;
        }

        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await NextLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            yield return blank > 0 && DateTime.TryParse(
                line.AsSpan(0, blank), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal, out var moment)
                ? (moment, line[(blank + 1)..])
                : (DateTime.UtcNow, line);
        }
    }

    /// <summary>Asks DCP to stop.</summary>
    /// <param name="cleanUp">Whether to stop everything that it runs first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task StopServerAsync(bool cleanUp, CancellationToken cancellationToken)
    {
        var request = $$"""{"status":"Stopping","shutdownResourceCleanup":"{{(cleanUp ? "Full" : "None")}}"}""";
        using var content = new StringContent(request, new MediaTypeHeaderValue("application/merge-patch+json"));
        try
        {
            using var response = await http.PatchAsync("admin/execution", content, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            // It may be gone before it has answered.
        }
    }

    /// <summary>Waits until nothing answers any more.</summary>
    public async Task WaitUntilGoneAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var response = await http.GetAsync("admin/execution", cancellationToken).ConfigureAwait(false);
                await Task.Delay(BreakBeforeWatchingAgain, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (HttpRequestException)
        {
            // Gone.
        }
    }

    public void Dispose() => http.Dispose();

    private async IAsyncEnumerable<DcpWatchEvent<T>> WatchOnceAsync<T>([EnumeratorCancellation] CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        HttpResponseMessage response;
        try
        {
            response = await http.GetAsync($"{Base}/{T.Plural}?watch=true", HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException)
        {
            yield break;
        }

        using (response)
        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)))
        {
            var type = (JsonTypeInfo<DcpWatchEvent<T>>)DcpJson.Default.GetTypeInfo(typeof(DcpWatchEvent<T>))!;
            while (await NextLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (JsonSerializer.Deserialize(line, type) is { } change)
                {
                    yield return change;
                }
            }
        }
    }

    private static async Task<string?> NextLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, string what, CancellationToken cancellationToken) where T : DcpObject, IDcpObject<T>
    {
        await ThrowIfFailedAsync(response, what, cancellationToken).ConfigureAwait(false);
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return (await JsonSerializer.DeserializeAsync(stream, TypeInfo<T>(), cancellationToken).ConfigureAwait(false))!;
    }

    private static async Task ThrowIfFailedAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw new DistributedApplicationException($"DCP would not {what}: {Message(body) ?? response.ReasonPhrase}");
        }
    }

    private static string? Message(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("message", out var message) ? message.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)DcpJson.Default.GetTypeInfo(typeof(T))!;
}
