using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Startup;

/// <summary>One start of a built AppHost, watched from outside until three replicas answer through the gateway, and its stop.</summary>
/// <param name="Timeline">The milestones, in the order in which they were reached.</param>
/// <param name="Processes">The processes that ran then, those in containers included, with the processor time and memory that they had
/// taken.</param>
/// <param name="Stop">How long the stop took, from the signal to the end of the AppHost's process.</param>
internal sealed record StartupRun(IReadOnlyList<Milestone> Timeline, IReadOnlyList<MarkedProcess> Processes, TimeSpan Stop)
{
    private const int Replicas = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly Uri Gateway = new("https://localhost:7443/items");

    /// <exception cref="TimeoutException">It never served.</exception>
    public static async Task<StartupRun> MeasureAsync(Contender contender, DataFolder data, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var marked = new MarkedProcesses();
        var dashboard = FreePort();
        List<Milestone> reached = [];
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(Describe(contender, data, marked, dashboard))!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await Task.WhenAll(WatchDashboardAsync(dashboard, Note, limit.Token), WatchGatewayAsync(Note, limit.Token));
            var started = marked.Living().ToDictionary(known => known.Id);
            // PostgreSQL's own processes overwrite their environment, and the mark in it.
            var unmarked = new ProcessTree().Below(started.Keys.ToHashSet()).Where(process => !started.ContainsKey(process.Id));
            List<MarkedProcess> living = [.. started.Values, .. unmarked];
            if (contender.Engine is { } engine)
            {
                living.AddRange(await ContainerProcesses.LivingAsync(engine, limit.Token));
            }

            var stop = Stopwatch.StartNew();
            Signals.Interrupt(process.Id);
            await process.WaitForExitAsync(limit.Token);
            var stopped = stop.Elapsed;
            await UntilGoneAsync(marked, limit.Token);
            return new([.. reached.OrderBy(milestone => milestone.At)], living, stopped);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            throw new TimeoutException(
                $"{contender.Name} did not serve within {Limit.TotalMinutes} minutes. The AppHost said: {await output}"
            );
        }
        finally
        {
            await marked.KillAsync();
        }

        void Note(string name)
        {
            lock (reached)
            {
                reached.Add(new(name, watch.Elapsed));
            }
        }
    }

    private static ProcessStartInfo Describe(Contender contender, DataFolder data, MarkedProcesses marked, int dashboard)
    {
        var start = new ProcessStartInfo(contender.Program) { RedirectStandardOutput = true, WorkingDirectory = data.Path };
        var settings = new Dictionary<string, string>(contender.Engine?.Environment ?? new Dictionary<string, string>())
        {
            [marked.Mark.Key] = marked.Mark.Value,
            ["ASPIREDEPLOY_DATA"] = data.Path,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://localhost:{dashboard}",
            ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://localhost:{FreePort()}",
            ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
            // Kept data opens with the password that it was made with.
            ["Parameters__postgres-password"] = "startup",
            ["Parameters__cache-password"] = "startup",
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Asks until there is an answer, as a person's browser would.</summary>
    private static async Task WatchDashboardAsync(int port, Action<string> note, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        while (!await AnswersAsync(client, new($"http://127.0.0.1:{port}/"), static _ => { }, cancellationToken))
        {
            await Task.Delay(Pause, cancellationToken);
        }

        note(Milestone.Dashboard);
    }

    private static async Task WatchGatewayAsync(Action<string> note, CancellationToken cancellationToken)
    {
        using var handler = new HttpClientHandler
        {
            UseProxy = false,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
        using var client = new HttpClient(handler);
        HashSet<string> replicas = [];
        while (replicas.Count < Replicas)
        {
            var known = replicas.Count;
            if (!await AnswersAsync(client, Gateway, NoteReplica, cancellationToken))
            {
                await Task.Delay(Pause, cancellationToken);
            }
            else if (known == 0)
            {
                note(Milestone.FirstReplica);
            }
        }

        note(Milestone.AllReplicas);

        void NoteReplica(HttpResponseMessage answer) =>
            replicas.UnionWith(answer.Headers.TryGetValues("X-Replica", out var names) ? names : []);
    }

    private static async Task<bool> AnswersAsync(
        HttpClient client,
        Uri address,
        Action<HttpResponseMessage> read,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return false;
            }

            read(answer);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // What a run leaves to its orchestrator would take processor time from the next.
    private static async Task UntilGoneAsync(MarkedProcesses marked, CancellationToken cancellationToken)
    {
        while (marked.Living().Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
