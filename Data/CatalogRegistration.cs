using AspireDeploy.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace AspireDeploy.Data;

/// <summary>Registers the catalog's database with Aspire's client integration.</summary>
public static class CatalogRegistration
{
    /// <summary>The connection string's name.</summary>
    public const string Name = "catalog";

    private const string Form = "it takes the form Host=…;Port=5432;Username=…;Password=…;Database=…";

    /// <summary>Adds a pooled factory of <see cref="CatalogContext"/>, connected by <c>ConnectionStrings:catalog</c>.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="defaults">The keywords of the connection string that apply where it doesn't set them itself.</param>
    /// <param name="configure">Configures the context further.</param>
    /// <example>
    /// <code>
    /// builder.AddCatalog("Timeout=3;Command Timeout=5");
    /// </code>
    /// </example>
    /// <exception cref="SettingException">
    /// The connection string is missing or can't be used. The message never repeats it, as it may hold a password.
    /// </exception>
    public static void AddCatalog(this IHostApplicationBuilder builder, string defaults, Action<DbContextOptionsBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var connectionString = ConnectionString(
            builder.Configuration,
            $"{defaults};Application Name={builder.Environment.ApplicationName}"
        );
        builder.Services.AddPooledDbContextFactory<CatalogContext>(options =>
        {
            options.UseNpgsql(connectionString);
            configure?.Invoke(options);
        });
        builder.EnrichNpgsqlDbContext<CatalogContext>(settings =>
        {
            // Not every write may be repeated: who knows that one may does it.
            settings.DisableRetry = true;
            settings.DisableHealthChecks = true;
            // Nothing is collected where nothing is exported.
            settings.DisableTracing = settings.DisableMetrics = string.IsNullOrWhiteSpace(
                builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]
            );
        });
    }

    /// <summary>Reads the connection string, completed by <paramref name="defaults"/>.</summary>
    internal static string ConnectionString(IConfiguration configuration, string defaults)
    {
        var given = configuration.GetConnectionString(Name);
        if (string.IsNullOrWhiteSpace(given))
        {
            throw new SettingException(
                $"ConnectionStrings:{Name} is missing: set ConnectionStrings__{Name}, or mount a secret file of that name; {Form}."
            );
        }
        try
        {
            // Of a keyword that stands twice, the last one counts: what a person wrote.
            var connection = new NpgsqlConnectionStringBuilder($"{defaults};{given}");
            return string.IsNullOrWhiteSpace(connection.Host)
                ? throw new SettingException($"ConnectionStrings:{Name} names no host; {Form}.")
                : connection.ConnectionString;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new SettingException($"ConnectionStrings:{Name} can't be read as a PostgreSQL connection string; {Form}.");
        }
    }
}
