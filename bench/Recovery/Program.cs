using System.Globalization;
using AspireDeploy.Bench.Recovery;
using AspireDeploy.Workload;

const string Usage =
    "usage: dotnet run --project bench/Recovery [-- ROUNDS SECONDS]    ROUNDS of kills (5 by default), SECONDS of each stretch of "
    + "the crash loop (60 by default)";

int[] settings = [5, 60];
if (
    args.Length > settings.Length
    || args.Index()
        .Any(arg =>
            !int.TryParse(arg.Item, NumberStyles.None, CultureInfo.InvariantCulture, out settings[arg.Index]) || settings[arg.Index] < 1
        )
)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

if (!OperatingSystem.IsLinux())
{
    Console.Error.WriteLine("The benchmark reads /proc, so it runs on Linux alone.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

// What is started inherits it; this process doesn't have it, as its environment is the one that it was started with.
var marked = new MarkedProcesses();
Environment.SetEnvironmentVariable(marked.Mark.Key, marked.Mark.Value);
try
{
    await using var solution = await Solution.StartAsync(stop.Token);
    Console.WriteLine("It runs; now the crash loop.");
    var loop = await CrashLoop.MeasureAsync(solution, marked, TimeSpan.FromSeconds(settings[1]), stop.Token);
    Console.WriteLine(loop);
    var replicas = new List<ReplicaKill>();
    var cadences = new List<KillCadence>();
    var databases = new List<DatabaseKill>();
    for (var round = 0; round < settings[0]; round++)
    {
        replicas.Add(await ReplicaKill.MeasureAsync(solution, round % 3, stop.Token));
        cadences.Add(await KillCadence.MeasureAsync(solution, stop.Token));
        databases.Add(await DatabaseKill.MeasureAsync(solution, stop.Token));
        Console.WriteLine(
            $"round {round + 1}: {replicas[^1]}, {cadences[^1].Kills} kills lost {cadences[^1].Failures.Count} of "
                + $"{cadences[^1].Sent} requests, {databases[^1]}"
        );
        foreach (var failure in cadences[^1].Failures.Take(5))
            Console.WriteLine($"  {failure}");
    }

    Table.Write(loop, replicas, cadences, databases, Console.Out);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
catch (TimeoutException slow)
{
    Console.Error.WriteLine($"error: {slow.Message}");
    return 1;
}
