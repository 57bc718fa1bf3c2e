using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace AspireDeploy.Bench.Api;

/// <summary>
/// Asks for items over keep-alive connections, each one request after the other. Written on sockets, so that asking costs little beside
/// answering: both share the machine's cores.
/// </summary>
internal static class LoadGenerator
{
    private static ReadOnlySpan<byte> Success => "HTTP/1.1 200 "u8;

    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Length => "\r\nContent-Length: "u8;

    /// <summary>Asks a server for a while.</summary>
    /// <param name="address">The server.</param>
    /// <param name="path">Where its items are.</param>
    /// <param name="items">How many there are; they are asked for in turn.</param>
    /// <param name="connections">How many connections ask at once.</param>
    /// <param name="duration">How long.</param>
    /// <returns>How many answers came, and how long it took.</returns>
    /// <exception cref="InvalidDataException">An answer wasn't 200 with a length.</exception>
    internal static async Task<(long Answers, TimeSpan Elapsed)> RunAsync(
        Uri address,
        string path,
        int items,
        int connections,
        TimeSpan duration
    )
    {
        var requests = Enumerable
            .Range(1, items)
            .Select(id => Encoding.ASCII.GetBytes($"GET {path}/{id} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"))
            .ToArray();
        var begun = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(number => AskAsync(address, requests, number, begun, duration))
        );
        return (answers.Sum(), Stopwatch.GetElapsedTime(begun));
    }

    private static async Task<long> AskAsync(Uri address, byte[][] requests, int number, long begun, TimeSpan duration)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var buffer = new byte[16 * 1024];
        var answers = 0L;
        // Connections begin at different items, so that they don't all ask for the same one.
        for (var next = number * 31; Stopwatch.GetElapsedTime(begun) < duration; next++, answers++)
        {
            await socket.SendAsync(requests[next % requests.Length]);
            var received = 0;
            do
            {
                var more = await socket.ReceiveAsync(buffer.AsMemory(received));
                if (more == 0)
                    throw new InvalidDataException($"{address} closed the connection.");
                received += more;
            } while (!IsWhole(buffer.AsSpan(0, received)));
        }
        return answers;
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(EndOfHead);
        if (head < 0)
            return false;
        var length = answer.IndexOf(Length);
        if (
            !answer.StartsWith(Success)
            || length < 0
            || length > head
            || !System.Buffers.Text.Utf8Parser.TryParse(answer[(length + Length.Length)..], out int body, out _)
        )
        {
            throw new InvalidDataException($"Not the answer that was expected: {Encoding.UTF8.GetString(answer)}");
        }
        return answer.Length >= head + EndOfHead.Length + body;
    }
}
