using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.Dashboard.Protocol;
using AspireDeploy.Workload;
using Grpc.Core;
using Grpc.Net.Client;

namespace AspireDeploy.Bench.Startup;

/// <summary>One start of the built AppHost, watched from outside until everything is healthy, and its stop.</summary>
/// <param name="Timeline">The milestones, in the order in which they were reached.</param>
/// <param name="Processes">What ran when everything was healthy, with the processor time and memory that it had taken.</param>
/// <param name="Stop">How long the stop took, from the signal to the end of the AppHost's process.</param>
internal sealed record StartupRun(IReadOnlyList<Milestone> Timeline, IReadOnlyList<MarkedProcess> Processes, TimeSpan Stop)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <exception cref="TimeoutException">It never became healthy.</exception>
    public static async Task<StartupRun> MeasureAsync(DataFolder data, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var marked = new MarkedProcesses();
        var (dashboard, resources) = (FreePort(), FreePort());
        var milestones = new Milestones();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(Describe(data, marked, dashboard, resources))!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        try
        {
            await Task.WhenAll(WatchDashboardAsync(dashboard, milestones, watch, limit.Token), WatchResourcesAsync(resources, milestones, watch, limit.Token));
            var living = marked.Living();
            var stop = Stopwatch.StartNew();
            Signals.Interrupt(process.Id);
            await process.WaitForExitAsync(limit.Token);
            return new(milestones.Reached, living, stop.Elapsed);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            throw new TimeoutException($"Not everything was healthy within {Limit.TotalMinutes} minutes: {milestones.Missing}. The AppHost said: {await output}");
        }
        finally
        {
            await marked.KillAsync();
        }
    }

    private static ProcessStartInfo Describe(DataFolder data, MarkedProcesses marked, int dashboard, int resources)
    {
        // bench/Startup/bin/Debug/net10.0 → AppHost/bin/Debug/net10.0
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!;
        var start = new ProcessStartInfo(Path.Combine(root.FullName, "AppHost", "bin", here.Parent.Name, here.Name, "AppHost"))
        {
            RedirectStandardOutput = true,
            WorkingDirectory = root.FullName,
        };
        var settings = new Dictionary<string, string>
        {
            [marked.Mark.Key] = marked.Mark.Value,
            ["ASPIREDEPLOY_DATA"] = data.Path,
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = $"http://localhost:{dashboard}",
            ["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://localhost:{resources}",
            ["ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS"] = "true",
            ["ASPIRE_USER_SECRETS_ID"] = "aspiredeploy-startup",
            // Kept data opens with the password that it was made with.
            ["Parameters__postgres_password"] = "startup",
            ["Parameters__cache_password"] = "startup",
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>Asks until there is an answer, as a person's browser would.</summary>
    private static async Task WatchDashboardAsync(int port, Milestones milestones, Stopwatch watch, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                milestones.Note(Milestones.Dashboard, watch.Elapsed);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static async Task WatchResourcesAsync(int port, Milestones milestones, Stopwatch watch, CancellationToken cancellationToken)
    {
        while (!await AcceptsAsync(port, cancellationToken))
        {
            await Task.Delay(Pause, cancellationToken);
        }

        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}", new() { ThrowOperationCanceledOnCancellation = true });
        using var watching = new DashboardService.DashboardServiceClient(channel).WatchResources(new(), cancellationToken: cancellationToken);
        await foreach (var update in watching.ResponseStream.ReadAllAsync(cancellationToken))
        {
            milestones.Apply(update, watch.Elapsed);
            if (milestones.Reached.Any(milestone => milestone.Name == Milestones.Healthy))
            {
                return;
            }
        }
    }

    private static async Task<bool> AcceptsAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
