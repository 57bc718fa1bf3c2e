using AspireDeploy.Data;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AspireDeploy.Api.Database;

/// <summary>Adds the catalog's PostgreSQL as the API uses it.</summary>
internal static class CatalogDatabase
{
    // An answer that takes longer than these seconds is an outage, and says so. A few replicas together must stay below PostgreSQL's own
    // limit of connections, 100 by default. The same few statements come again and again, and nothing here changes a session's state.
    private const string Defaults =
        "Timeout=3;Command Timeout=5;Cancellation Timeout=1000;Maximum Pool Size=20;Max Auto Prepare=20;No Reset On Close=true";

    internal static void Add(IHostApplicationBuilder builder)
    {
        builder.AddCatalog(Defaults, options => options
                .EnableThreadSafetyChecks(false)
                // An outage is logged once, by DatabaseOutage, not once a request with a stack trace.
                .ConfigureWarnings(warnings =>
                    warnings.Ignore(
                        RelationalEventId.ConnectionError,
                        RelationalEventId.CommandError,
                        CoreEventId.QueryIterationFailed,
                        CoreEventId.SaveChangesFailed
                    )
                ));
        builder.Services.AddSingleton<DatabaseOutage>();
        // One for all checks, which remembers what it has seen.
        builder.Services.AddSingleton<DatabaseCheck>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("postgres");
    }
}
