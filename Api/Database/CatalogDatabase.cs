using AspireDeploy.Data;
using AspireDeploy.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace AspireDeploy.Api.Database;

/// <summary>The catalog's PostgreSQL, as the API uses it.</summary>
internal static class CatalogDatabase
{
    /// <exception cref="SettingException">The connection string is missing or can't be used.</exception>
    internal static void Add(IHostApplicationBuilder builder)
    {
        var source = new NpgsqlDataSourceBuilder(
            Settings(CatalogConnection.From(builder.Configuration), builder.Environment.ApplicationName)
        ).Build();
        builder.Services.AddSingleton(_ => source);
        builder.Services.AddPooledDbContextFactory<CatalogContext>(options =>
            options
                .UseNpgsql(source)
                .EnableThreadSafetyChecks(false)
                // An outage is logged once, by DatabaseOutage, not once a request with a stack trace.
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        RelationalEventId.ConnectionError,
                        RelationalEventId.CommandError,
                        CoreEventId.QueryIterationFailed,
                        CoreEventId.SaveChangesFailed
                    )
                )
        );
        builder.Services.AddCatalogTelemetry();
        builder.Services.AddSingleton<DatabaseOutage>();
        // One for all checks, which remembers what it has seen.
        builder.Services.AddSingleton<DatabaseCheck>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("postgres");
    }

    /// <summary>What the API needs of a connection where the connection string doesn't say otherwise.</summary>
    internal static string Settings(NpgsqlConnectionStringBuilder given, string application) =>
        given
            // Seconds: an answer that takes longer is an outage, and says so.
            .OrElse("Timeout", 3)
            .OrElse("Command Timeout", 5)
            // Milliseconds that a command which ran out of time gets to be cancelled in order.
            .OrElse("Cancellation Timeout", 1000)
            // A few replicas together must stay below PostgreSQL's own limit, 100 by default.
            .OrElse("Maximum Pool Size", 20)
            // The same few statements come again and again: PostgreSQL plans each once per connection.
            .OrElse("Max Auto Prepare", 20)
            // Nothing here changes a session's state.
            .OrElse("No Reset On Close", true)
            .OrElse("Application Name", application)
            .ConnectionString;
}
