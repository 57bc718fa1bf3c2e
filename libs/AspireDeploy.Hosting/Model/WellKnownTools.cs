namespace AspireDeploy.Model;

/// <summary>
/// Pages and collectors that Aspire's integrations run beside servers, one row each, with what their images bring that can run a script.
/// </summary>
internal static class WellKnownTools
{
    /// <summary>Gets the rows.</summary>
    internal static EquatableArray<WellKnownImage> All { get; } =
    [
        // On Alpine, or with BusyBox, as their Dockerfiles say.
        Tool("dpage/pgadmin4", ImageShell.BusyBox),
        Tool("rediscommander/redis-commander", ImageShell.BusyBox),
        Tool("redis/redisinsight", ImageShell.BusyBox),
        Tool("library/mongo-express", ImageShell.BusyBox),
        Tool("library/adminer", ImageShell.BusyBox),
        Tool("provectuslabs/kafka-ui", ImageShell.BusyBox),
        Tool("kafbat/kafka-ui", ImageShell.BusyBox),
        Tool("axllent/mailpit", ImageShell.BusyBox),
        Tool("maildev/maildev", ImageShell.BusyBox),
        Tool("azure-storage/azurite", ImageShell.BusyBox),
        Tool("prom/prometheus", ImageShell.BusyBox),
        Tool("grafana/grafana", ImageShell.BusyBox),
        // On Debian.
        Tool("library/phpmyadmin", ImageShell.Bash),
        Tool("dbgate/dbgate", ImageShell.Bash),
        // With nothing that runs a script.
        Tool("otel/opentelemetry-collector", ImageShell.None),
        Tool("otel/opentelemetry-collector-contrib", ImageShell.None),
        Tool("dotnet/aspire-dashboard", ImageShell.None),
    ];

    private static WellKnownImage Tool(string repository, ImageShell shell) =>
        new(repository, Isolation.ImageOwn) { Shell = shell, Outbound = true };
}
