using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace AspireDeploy.Migrator;

/// <summary>Shows how far the migration is: lines for a person, logs and a span for each migration for telemetry.</summary>
internal sealed class Progress
{
    // Telemetry listens to the application's name.
    internal static readonly ActivitySource Source = new("Migrator");

    private Activity? _span;
    private long _began;
    private bool _waits;

    /// <summary>Gets or sets where the lines are logged too.</summary>
    internal ILogger? Logger { get; set; }

    /// <summary>Gets or sets the database's name and address.</summary>
    internal string Place { get; set; } = "";

    /// <summary>Gets the migration that is being applied.</summary>
    internal string? Applying { get; private set; }

    /// <summary>Writes a line to standard output.</summary>
    internal void Say(string line)
    {
        Console.Out.WriteLine(line);
        Logger?.LogInformation("{Progress}", line);
    }

    /// <summary>Writes why it failed to standard error; telemetry keeps the exception too.</summary>
    internal void Fail(string line, Exception? reason = null)
    {
        _span?.SetStatus(ActivityStatusCode.Error, line);
        _span?.Dispose();
        Console.Error.WriteLine(line);
        Logger?.LogError(reason, "{Failure}", line);
    }

    /// <summary>Determines whether an event of EF Core's is shown.</summary>
    internal static bool Shows(EventId id, LogLevel level) =>
        id == RelationalEventId.MigrationApplying || id == CoreEventId.ExecutionStrategyRetrying;

    /// <summary>Shows an event of EF Core's.</summary>
    internal void Show(EventData shown)
    {
        if (shown is MigrationEventData { Migration: var migration })
        {
            Begin(migration.GetType().GetCustomAttribute<MigrationAttribute>()!.Id);
            return;
        }
        // What was begun is tried again.
        Applying = null;
        _span?.Dispose();
        if (!_waits)
            Say($"waiting for {Place}");
        _waits = true;
    }

    /// <summary>Ends the migration that was being applied.</summary>
    internal void End()
    {
        if (Applying is null)
            return;
        Say($"applied  {Applying} in {Stopwatch.GetElapsedTime(_began).TotalMilliseconds:0} ms");
        Applying = null;
        _span?.Dispose();
    }

    private void Begin(string migration)
    {
        End();
        (Applying, _began) = (migration, Stopwatch.GetTimestamp());
        Say($"applying {migration}");
        _span = Source.StartActivity($"apply {migration}")?.SetTag("migration.id", migration);
    }
}
