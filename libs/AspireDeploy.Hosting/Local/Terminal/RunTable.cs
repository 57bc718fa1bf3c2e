using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Local.Memory;
using AspireDeploy.Local.Replicas;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AspireDeploy.Local.Terminal;

/// <summary>
/// The live table of the run. It is drawn again when something has changed, four times a second at most, and stays as it was last when the
/// application stops.
/// </summary>
internal sealed class RunTable(
    DistributedApplicationModel model,
    ReplicaRegistry registry,
    MemoryWatch memory,
    IAnsiConsole console,
    TimeProvider time
) : BackgroundService
{
    private const int NarrowerThan = 110;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Draws the rows. Where the terminal is narrow the addresses stand below the table: one that is broken over lines is of no use.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="width">The terminal's, in characters.</param>
    internal static IRenderable Draw(IReadOnlyList<ResourceRow> rows, int width)
    {
        var isNarrow = width < NarrowerThan;
        var table = new Table().Border(TableBorder.Simple);
        foreach (
            var name in (string[])
                ["Resource", "State", "Health", "Replicas", "Restarts", "Memory", .. isNarrow ? (string[])[] : ["Address"]]
        )
        {
            // A state may be a sentence; all else is read at a glance.
            table.AddColumn(new TableColumn(name) { NoWrap = name != "State" });
        }

        foreach (var row in rows)
        {
            List<IRenderable> cells =
            [
                new Text(row.Name),
                new Text(row.State, new Style(ColourOf(row.State))),
                new Text(row.Health, new Style(row.Health == "Healthy" ? Color.Green : Color.Yellow)),
                new Text(row.Replicas),
                new Text(row.Restarts),
                new Text(row.Memory),
            ];
            if (!isNarrow)
                cells.Add(new Text(row.Url));
            table.AddRow(cells);
        }

        return isNarrow
            ? new Rows([table, .. rows.Where(row => row.Url.Length > 0).Select(row => new Text($"  {row.Name}  {row.Url}"))])
            : table;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whatever else wrote to the terminal would tear the table.
        var terminal = Console.Out;
        using var above = new LineWriter(line => console.Write(new LinesOver(line, Style.Plain)));
        Console.SetOut(above);
        try
        {
            await console.Live(Drawn()).StartAsync(live => KeepAsync(live, stoppingToken)).ConfigureAwait(false);
        }
        finally
        {
            Console.SetOut(terminal);
        }
    }

    private async Task KeepAsync(LiveDisplayContext live, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = registry.Changed;
            live.UpdateTarget(Drawn());
            await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // In the order of the declaration.
    private IRenderable Drawn()
    {
        var order = model.Resources.Index().ToDictionary(resource => resource.Item, resource => resource.Index);
        return Draw(
            ResourceRow.Create(registry.All.OrderBy(replica => order.GetValueOrDefault(replica.Resource, int.MaxValue)), memory.UseOf),
            console.Profile.Width
        );
    }

    private static Color ColourOf(string state) =>
        state switch
        {
            "Running" => Color.Green,
            "Finished" or "NotStarted" => Color.Grey,
            _ when state.Contains("Crash loop", StringComparison.Ordinal)
                    || state.Contains("Failed", StringComparison.Ordinal)
                    || state.Contains("Exited", StringComparison.Ordinal) => Color.Red,
            _ => Color.Yellow,
        };
}
