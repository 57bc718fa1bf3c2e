using AspireDeploy.Local.Memory;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace AspireDeploy.Local.Terminal;

/// <summary>The live table of the run. It is drawn again when something has changed, four times a second at most, and stays as it was last when the application stops.</summary>
internal sealed class RunTable(ReplicaBook book, MemoryWatch memory, IAnsiConsole console, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Draws the rows.</summary>
    internal static Table Draw(IReadOnlyList<ResourceRow> rows)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Resource", "State", "Health", "Replicas", "Restarts", "Memory", "Address");
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(row.Name),
                new Text(row.State, new Style(ColourOf(row.State))),
                new Text(row.Health, new Style(row.Health == "Healthy" ? Color.Green : Color.Yellow)),
                new Text(row.Replicas),
                new Text(row.Restarts),
                new Text(row.Memory),
                new Text(row.Url));
        }

        return table;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => console.Live(Draw([])).StartAsync(async live =>
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = book.Changed;
            live.UpdateTarget(Draw(ResourceRow.Of(book.All, memory.UseOf)));
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    private static Color ColourOf(string state) => state switch
    {
        "Running" => Color.Green,
        "Finished" or "NotStarted" => Color.Grey,
        _ when state.Contains("Crash loop", StringComparison.Ordinal) || state.Contains("Failed", StringComparison.Ordinal) || state.Contains("Exited", StringComparison.Ordinal) => Color.Red,
        _ => Color.Yellow,
    };
}
