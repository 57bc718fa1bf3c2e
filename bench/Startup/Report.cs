using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Startup;

/// <summary>Minimum, median and maximum of what several runs took.</summary>
internal static class Report
{
    private const double Megabyte = 1024 * 1024;

    public static void Write(IReadOnlyList<StartupRun> runs, TextWriter output)
    {
        output.WriteLine($"{"seconds from the process's start",-34}{"min",8}{"median",8}{"max",8}");
        foreach (var name in runs[0].Timeline.OrderBy(milestone => milestone.At).Select(milestone => milestone.Name))
        {
            Line(output, name, "0.00", runs.Select(run => run.Timeline.First(milestone => milestone.Name == name).At.TotalSeconds));
        }

        Line(output, "stop, from the signal", "0.00", runs.Select(run => run.Stop.TotalSeconds));
        Table(output, "processor seconds until then", "0.00", runs, process => process.CpuTime.TotalSeconds);
        Table(output, "megabytes then", "0", runs, process => process.Memory / Megabyte);
    }

    private static void Table(TextWriter output, string title, string format, IReadOnlyList<StartupRun> runs, Func<MarkedProcess, double> figure)
    {
        output.WriteLine();
        output.WriteLine($"{title,-34}{"min",8}{"median",8}{"max",8}");
        foreach (var name in runs[0].Processes.Select(Role).Distinct().Order(StringComparer.Ordinal))
        {
            Line(output, $"{name} × {runs[0].Processes.Count(process => Role(process) == name)}", format, runs.Select(run => run.Processes.Where(process => Role(process) == name).Sum(figure)));
        }

        Line(output, "all that still run", format, runs.Select(run => run.Processes.Sum(figure)));
    }

    private static string Role(MarkedProcess process) => (process.Program, process.Arguments) switch
    {
        ("dcp", [var command, ..]) => $"dcp {command}",
        ("dotnet", [var assembly, ..]) => Path.GetFileNameWithoutExtension(assembly),
        var (program, _) => program,
    };

    private static void Line(TextWriter output, string name, string format, IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        string[] shown = [.. new[] { sorted[0], sorted[sorted.Count / 2], sorted[^1] }.Select(figure => figure.ToString(format, provider: null))];
        output.WriteLine($"  {name,-32}{shown[0],8}{shown[1],8}{shown[2],8}");
    }
}
