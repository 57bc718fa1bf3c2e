using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Startup;

/// <summary>Writes minimum, median and maximum of several runs of each contender, and the ratios of the medians.</summary>
internal static class Report
{
    private const double Megabyte = 1024 * 1024;

    public static void Write(IReadOnlyList<(Contender Contender, IReadOnlyList<StartupRun> Runs)> results, TextWriter output)
    {
        foreach (var (contender, runs) in results)
        {
            output.WriteLine($"{contender.Name + ": seconds from the process's start",-44}{"min",8}{"median",8}{"max",8}");
            foreach (var name in runs[0].Timeline.Select(milestone => milestone.Name))
            {
                Line(output, name, "0.00", runs.Select(run => At(run, name)));
            }

            Line(output, "stop, from the signal", "0.00", runs.Select(run => run.Stop.TotalSeconds));
            Table(output, "processor seconds until then", "0.00", runs, process => process.CpuTime.TotalSeconds);
            Table(output, "megabytes then", "0", runs, process => process.Memory / Megabyte);
            output.WriteLine();
        }

        if (results is [var ours, var plain])
        {
            output.WriteLine($"ratios of the medians, {ours.Contender.Name} : {plain.Contender.Name}");
            string[] milestones = [Milestone.Dashboard, Milestone.FirstReplica, Milestone.AllReplicas];
            foreach (var name in milestones)
            {
                var ratio = Median(ours.Runs, run => At(run, name)) / Median(plain.Runs, run => At(run, name));
                output.WriteLine($"  {name,-42}{ratio,8:0.00}");
            }

            output.WriteLine($"  {"memory of everything",-42}{Median(ours.Runs, Memory) / Median(plain.Runs, Memory),8:0.00}");
        }
    }

    private static double At(StartupRun run, string name) => run.Timeline.First(milestone => milestone.Name == name).At.TotalSeconds;

    private static double Memory(StartupRun run) => run.Processes.Sum(process => process.Memory);

    private static double Median(IReadOnlyList<StartupRun> runs, Func<StartupRun, double> figure) =>
        runs.Select(figure).Order().ElementAt(runs.Count / 2);

    private static void Table(
        TextWriter output, string title, string format, IReadOnlyList<StartupRun> runs, Func<MarkedProcess, double> figure)
    {
        output.WriteLine($"{title,-44}{"min",8}{"median",8}{"max",8}");
        foreach (var name in runs[0].Processes.Select(Role).Distinct().Order(StringComparer.Ordinal))
        {
            var count = runs[0].Processes.Count(process => Role(process) == name);
            var sums = runs.Select(run => run.Processes.Where(process => Role(process) == name).Sum(figure));
            Line(output, $"{name} × {count}", format, sums);
        }

        Line(output, "all that still run", format, runs.Select(run => run.Processes.Sum(figure)));
    }

    private static string Role(MarkedProcess process) => (process.Program, process.Arguments) switch
    {
        ("dcp", [var command, ..]) => $"dcp {command}",
        ("dotnet", [var assembly, ..]) => $"dotnet {Path.GetFileNameWithoutExtension(assembly)}",
        // Servers say in their title what a process of theirs does.
        var (program, _) => program.Split(' ', ':')[0],
    };

    private static void Line(TextWriter output, string name, string format, IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        output.WriteLine($"  {name,-42}{Shown(sorted[0]),8}{Shown(sorted[sorted.Count / 2]),8}{Shown(sorted[^1]),8}");

        string Shown(double figure) => figure.ToString(format, provider: null);
    }
}
