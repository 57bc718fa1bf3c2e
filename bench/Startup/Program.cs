using System.Globalization;
using AspireDeploy.Bench.Startup;

const string Usage = "usage: Startup [--runs N] [--fresh]    N runs (5 by default); --fresh begins each with an empty database, else it is kept from run to run";

var runs = 5;
var isFresh = false;
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--fresh")
    {
        isFresh = true;
    }
    else if (args[i] != "--runs" || ++i == args.Length || !int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out runs) || runs == 0)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
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

using var data = new DataFolder();
try
{
    // The first run isn't counted: it reads the programs from the disk, and makes the database that later runs find.
    await StartupRun.MeasureAsync(data, stop.Token);
    var measured = new List<StartupRun>();
    for (var i = 0; i < runs; i++)
    {
        if (isFresh)
        {
            data.Empty();
        }

        measured.Add(await StartupRun.MeasureAsync(data, stop.Token));
        Console.WriteLine($"run {i + 1}: {string.Join(", ", measured[^1].Timeline.Select(mark => $"{mark.Name} {mark.At.TotalSeconds:0.00} s"))}");
    }

    Console.WriteLine();
    Report.Write(measured, Console.Out);
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
