using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace AspireDeploy.Bench.Gateway;

/// <summary>A process that is measured, or that stands behind those that are.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly Process _process;

    private Proxy(string name, Process process, int http, int https) => (Name, _process, Http, Https) = (name, process, http, https);

    internal string Name { get; }

    internal int Http { get; }

    internal int Https { get; }

    internal Uri Address(string scheme) => new($"{scheme}://127.0.0.1:{(scheme == "http" ? Http : Https)}/");

    /// <summary>Gets the processor time that it and its workers have used so far, the kernel's part included.</summary>
    internal TimeSpan ProcessorTime =>
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/task/{_process.Id}/children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(worker => int.Parse(worker, CultureInfo.InvariantCulture))
            .Prepend(_process.Id)
            .Aggregate(TimeSpan.Zero, (sum, id) =>
            {
                using var process = Process.GetProcessById(id);
                return sum + process.TotalProcessorTime;
            });

    /// <summary>Starts it; returns once it accepts connections.</summary>
    internal static async Task<Proxy> StartAsync(string name, string program, IEnumerable<string> arguments, int http, int https = 0)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var foreign in start.Environment.Keys.Where(key => key.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(foreign);
        var process = Process.Start(start)!;
        var said = new List<string>();
        process.OutputDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Add(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new Proxy(name, process, http, https);
        var began = Stopwatch.GetTimestamp();
        while (!await AcceptsAsync(http))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(began) > TimeSpan.FromSeconds(60))
            {
                throw new InvalidOperationException($"{name} doesn't serve: {string.Join(Environment.NewLine, said)}");
            }

            await Task.Delay(50);
        }

        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
