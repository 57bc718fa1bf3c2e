using System.Globalization;
using System.Reflection;
using AspireDeploy.Bench.Publish;

const int DefaultRounds = 15;
int[] counts = [250, 500, 1000];
string[] targets = ["compose", "swarm", "kubernetes", "nomad", "azure"];

if (args is [ManyWorkloads.Verb, var number, .. var rest])
{
    ManyWorkloads.Run(int.Parse(number, CultureInfo.InvariantCulture), rest);
    return 0;
}

var rounds = args switch
{
    [] => DefaultRounds,
    ["--rounds", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var given) && given > 0 => given,
    _ => 0,
};
if (rounds == 0 || OperatingSystem.IsWindows())
{
    Console.Error.WriteLine($"usage: dotnet run -c Release --project bench/Publish -- [--rounds {DefaultRounds}]   (Linux, macOS)");
    return 2;
}

Console.WriteLine($"{"",-28}{"median",9}{"min",9}{"max",9}{"peak MiB",10}");
Row("the solution, all targets", AppHostPath(), [], "publish");
foreach (var count in counts)
{
    Row($"{count} workloads, 5 targets", Environment.ProcessPath!, ManyWorkloads.Arguments(count), "publish");
}

foreach (var target in targets)
{
    foreach (var count in counts)
    {
        Row($"{count} workloads, {target}", Environment.ProcessPath!, ManyWorkloads.Arguments(count), $"publish-{target}");
    }
}

return 0;

void Row(string name, string program, string[] arguments, string step)
{
    // The first fills the disk's cache.
    PublishRun.Measure(program, arguments, step);
    var seconds = Enumerable.Range(0, rounds).Select(_ => PublishRun.Measure(program, arguments, step).TotalSeconds).Order().ToList();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-28}{seconds[seconds.Count / 2],8:0.000}s{seconds[0],8:0.000}s{seconds[^1],8:0.000}s{PublishRun.PeakMemory(),10:0}"));
}

// bench/Publish/bin/Release/net10.0, and the same below AppHost.
static string AppHostPath()
{
    var here = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
    var configuration = Path.Combine(Path.GetFileName(Path.GetDirectoryName(here)!), Path.GetFileName(here));
    return Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", "..", "AppHost", "bin", configuration, "AppHost"));
}
