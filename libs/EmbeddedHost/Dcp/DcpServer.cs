using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The DCP process. It watches the AppHost: however that ends, DCP ends everything that it runs, and itself.
/// </summary>
internal sealed class DcpServer(DcpSettings settings, IFileSystemService files, ILogger<DcpServer> logger) : IAsyncDisposable
{
    private const int SecondsBetweenLooksAtUs = 1;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    /// <summary>What is meant for the AppHost itself and not for what it runs.</summary>
    private static readonly string[] NotInherited =
    [
        "ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS",
        "DOTNET_WATCH", "DOTNET_HOTRELOAD_NAMEDPIPE_NAME", "DOTNET_STARTUP_HOOKS",
    ];

    private readonly TempDirectory _session = files.TempDirectory.CreateTempSubdirectory("aspire-dcp-");
    private readonly Lock _gate = new();
    private Task<DcpClient>? _starting;
    private Process? _process;
    private bool _hasStopped;

    /// <summary>A directory of mode 0700. DCP removes it when it ends, so it goes even where the AppHost is killed.</summary>
    public string SessionDirectory => _session.Path;

    /// <summary>Starts it, unless it has been started; returns when it answers.</summary>
    /// <exception cref="DistributedApplicationException">DCP isn't there, or doesn't start; the message says why.</exception>
    public Task<DcpClient> StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _starting ??= StartOnceAsync();
        }

        return _starting.WaitAsync(cancellationToken);
    }

    /// <summary>Ends DCP, and what it still runs.</summary>
    /// <param name="nothingRuns">Whether all that it ran has ended: then it need not look, which takes it a second.</param>
    /// <param name="cancellationToken">Stops waiting for an orderly end.</param>
    public async Task StopAsync(bool nothingRuns, CancellationToken cancellationToken)
    {
        if (await StartedAsync().ConfigureAwait(false) is not { } client)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StopLimit);
        try
        {
            await client.StopServerAsync(cleanUp: !nothingRuns, limit.Token).ConfigureAwait(false);
            await client.WaitUntilGoneAsync(limit.Token).ConfigureAwait(false);
            _hasStopped = true;
        }
        catch (OperationCanceledException)
        {
            // It watches us, and ends everything once we are gone.
            logger.LogWarning("DCP has not stopped in time; it ends by itself.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_hasStopped)
        {
            await StopAsync(nothingRuns: false, CancellationToken.None).ConfigureAwait(false);
        }

        (await StartedAsync().ConfigureAwait(false))?.Dispose();
        _process?.Dispose();
        _session.Dispose();
    }

    /// <summary>The client, once DCP answers; null if it was never started, or has failed to.</summary>
    private async Task<DcpClient?> StartedAsync()
    {
        if (_starting is not { } starting)
        {
            return null;
        }

        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return starting.IsCompletedSuccessfully ? starting.Result : null;
    }

    private async Task<DcpClient> StartOnceAsync()
    {
        var path = settings.FindDcp();
        var kubeconfig = Path.Combine(_session.Path, "kubeconfig");
        using var limit = new CancellationTokenSource(StartLimit);

        var output = new StringBuilder();
        _process = Start(path, kubeconfig, output);
        try
        {
            var connection = await KubeConfig.AppearsAsync(kubeconfig, _process, limit.Token).ConfigureAwait(false);
            return new DcpClient(connection.CreateClient());
        }
        catch (OperationCanceledException)
        {
            throw new DistributedApplicationException($"DCP ('{path}') did not start within {StartLimit.TotalSeconds} s.{LastLine(output)}");
        }
        catch (InvalidOperationException)
        {
            throw new DistributedApplicationException($"DCP ('{path}') ended with code {_process.ExitCode} as it started.{LastLine(output)}");
        }
    }

    private Process Start(string path, string kubeconfig, StringBuilder output)
    {
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in Arguments(kubeconfig, ServerCertificate.WriteTo(_session.Path)))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        start.Environment["DCP_SESSION_FOLDER"] = _session.Path;
        try
        {
            var process = Process.Start(start)!;
            process.OutputDataReceived += (_, e) => Keep(e.Data);
            process.ErrorDataReceived += (_, e) => Keep(e.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new DistributedApplicationException($"DCP ('{path}') can't be started: {e.Message}.");
        }

        void Keep(string? line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                lock (output)
                {
                    output.Clear().Append(line.Trim());
                }

                logger.LogDebug("{Line}", line);
            }
        }
    }

    private IEnumerable<string> Arguments(string kubeconfig, ServerCertificate certificate)
    {
        yield return "start-apiserver";

        // In a session of its own: a Ctrl+C in the terminal is ours to handle, in order.
        yield return "--detach";
        yield return "--monitor";
        yield return Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        yield return "--monitor-interval";
        yield return SecondsBetweenLooksAtUs.ToString(CultureInfo.InvariantCulture);
        yield return "--kubeconfig";
        yield return kubeconfig;
        yield return "--tls-cert-file";
        yield return certificate.CertificateFile;
        yield return "--tls-key-file";
        yield return certificate.KeyFile;
        if (settings.ContainerRuntime is { } runtime)
        {
            yield return "--container-runtime";
            yield return runtime;
        }
    }

    private static string LastLine(StringBuilder output)
    {
        lock (output)
        {
            return output.Length == 0 ? "" : $" It said: {output}";
        }
    }
}
