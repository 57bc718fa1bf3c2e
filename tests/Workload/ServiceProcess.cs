using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AspireDeploy.Workload;

/// <summary>
/// One of the solution's programs, run as a target runs it: <c>dotnet X.dll</c> from its build output, with nothing in its environment but
/// what is given.
/// </summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(3);
    private static readonly string[] Foreign =
    [
        "ASPNETCORE_",
        "DOTNET_ENVIRONMENT",
        "OTEL_",
        "ConnectionStrings__",
        "Shutdown__",
        "Secrets__",
    ];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ServiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        static void Keep(ConcurrentQueue<string> lines, string? line)
        {
            if (line is not null)
                lines.Enqueue(line);
        }
    }

    /// <summary>Gets the process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Gets where it serves, if it was started to serve.</summary>
    public Uri? Address { get; private init; }

    /// <summary>Gets a value that indicates whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Gets the lines of its standard output so far.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Gets the lines of its standard error so far.</summary>
    public IReadOnlyList<string> Errors => [.. _errors];

    /// <summary>Starts a program that does something and ends.</summary>
    public static ServiceProcess Start(string program, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        new(Prepare(program, environment, arguments));

    /// <summary>Starts the <c>dotnet</c> command in a directory.</summary>
    public static ServiceProcess Command(string directory, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        new(Describe(environment, arguments, directory));

    /// <summary>Starts a program that serves, on a free port of loopback, and waits until it is healthy.</summary>
    public static async Task<ServiceProcess> ServeAsync(
        string program,
        IReadOnlyDictionary<string, string?> environment,
        CancellationToken cancellationToken
    )
    {
        var serving = Serve(program, environment);
        try
        {
            await serving.UntilHealthyAsync(cancellationToken);
            return serving;
        }
        catch
        {
            await serving.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a program that serves, on a free port of loopback.</summary>
    public static ServiceProcess Serve(string program, IReadOnlyDictionary<string, string?> environment)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        return new(
            Prepare(
                program,
                new Dictionary<string, string?>(environment) { ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority) },
                []
            )
        )
        {
            Address = address,
        };
    }

    /// <summary>Waits until <c>/health</c> is 200.</summary>
    public async Task UntilHealthyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        await Until.TrueAsync(
            async () =>
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"It ended with {_process.ExitCode}.{Environment.NewLine}{Everything()}");
                using var answer = await client.GetAsync("/health", cancellationToken);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            Generous,
            () => $"It never became healthy.{Environment.NewLine}{Everything()}",
            cancellationToken
        );
    }

    /// <summary>Waits until it accepts connections at a port of loopback.</summary>
    public Task UntilListeningAsync(int port, CancellationToken cancellationToken) =>
        Until.TrueAsync(
            async () =>
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"It ended with {_process.ExitCode}.{Environment.NewLine}{Everything()}");
                try
                {
                    using var client = new TcpClient();
                    await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                    return true;
                }
                catch (SocketException)
                {
                    return false;
                }
            },
            Generous,
            () => $"It never listened at {port}.{Environment.NewLine}{Everything()}",
            cancellationToken
        );

    /// <summary>Waits for a line of its standard output that contains a text.</summary>
    public Task UntilSaysAsync(string text, CancellationToken cancellationToken) =>
        Until.TrueAsync(
            () => Task.FromResult(_output.Any(line => line.Contains(text, StringComparison.Ordinal))),
            Generous,
            () => $"It never said '{text}'.{Environment.NewLine}{Everything()}",
            cancellationToken
        );

    /// <summary>Waits until it has ended, however long it serves.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> LifeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Generous);
        try
        {
            return await LifeAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It didn't end.{Environment.NewLine}{Everything()}");
        }
    }

    /// <summary>Asks it to stop, as an engine does: SIGTERM.</summary>
    public void Terminate() => Signals.Terminate(_process.Id);

    /// <summary>Kills it: SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Returns everything that it wrote.</summary>
    public string Everything() => string.Join(Environment.NewLine, _output.Concat(_errors));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Returns a port of loopback that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Process Prepare(string program, IReadOnlyDictionary<string, string?> environment, string[] arguments) =>
        Describe(environment, [PathOf(program), .. arguments], directory: null);

    private static Process Describe(IReadOnlyDictionary<string, string?> environment, string[] arguments, string? directory)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = directory ?? "",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(name => Foreign.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                .ToList()
        )
        {
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Process { StartInfo = start };
    }

    // tests/X.Tests/bin/Debug/net10.0 → X/bin/Debug/net10.0
    private static string PathOf(string program)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = framework.Parent!;
        var root = configuration.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine(root.FullName, program, "bin", configuration.Name, framework.Name, $"{Path.GetFileName(program)}.dll");
    }
}
