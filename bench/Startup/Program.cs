using System.Globalization;
using AspireDeploy.Bench.Startup;
using AspireDeploy.Engines.Docker;

const string Usage = """
    usage: Startup [--runs N] [--fresh] [--alone | --against PROGRAM]
      N runs of each (5 by default); --fresh begins each with an empty database, else it is kept from run to run;
      --alone leaves plain Aspire out, which needs a container engine; --against compares with another build of the AppHost.
    """;

var runs = 5;
var isFresh = false;
var isAlone = false;
string? other = null;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--fresh":
            isFresh = true;
            break;
        case "--alone":
            isAlone = true;
            break;
        case "--against" when i + 1 < args.Length && File.Exists(args[i + 1]):
            other = Path.GetFullPath(args[++i]);
            break;
        case "--runs"
            when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out runs) && runs > 0:
            i++;
            break;
        default:
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
DockerEngine? engine = null;
try
{
    List<Contender> contenders = [new("this AppHost", Contender.ProgramOf("AppHost"), null)];
    if (other is not null)
    {
        contenders.Add(new(other, other, null));
    }
    else if (!isAlone)
    {
        engine = await DockerEngine.StartAsync(stop.Token);
        contenders.Add(new("plain Aspire", Contender.ProgramOf("bench", "PlainAppHost"), engine));
    }

    // The first round isn't counted: it reads the programs from the disk, pulls images, and makes the database that later runs find.
    var measured = contenders.ToDictionary(contender => contender, _ => new List<StartupRun>());
    for (var round = 0; round <= runs; round++)
    {
        if (isFresh)
        {
            data.Empty();
        }

        foreach (var contender in contenders)
        {
            var run = await StartupRun.MeasureAsync(contender, data, stop.Token);
            var marks = run.Timeline.Select(mark => $"{mark.Name} {mark.At.TotalSeconds:0.00} s");
            Console.WriteLine($"{round} {contender.Name}: {string.Join(", ", marks)}");
            if (round > 0)
            {
                measured[contender].Add(run);
            }
        }
    }

    Console.WriteLine();
    Report.Write([.. contenders.Select(contender => (contender, (IReadOnlyList<StartupRun>)measured[contender]))], Console.Out);
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
finally
{
    if (engine is not null)
    {
        await engine.DisposeAsync();
    }
}
