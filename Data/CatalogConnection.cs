using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace AspireDeploy.Data;

/// <summary>Where the catalog's PostgreSQL is, read from <c>ConnectionStrings:catalog</c>.</summary>
public static class CatalogConnection
{
    /// <summary>The connection string's name.</summary>
    public const string Name = "catalog";

    private const string Form = "it takes the form Host=…;Port=5432;Username=…;Password=…;Database=…";

    /// <summary>The connection string, parsed.</summary>
    /// <exception cref="SettingException">It is missing, can't be parsed or names no host. The message never repeats it: it may hold a
    /// password.</exception>
    public static NpgsqlConnectionStringBuilder From(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var given = configuration.GetConnectionString(Name);
        if (string.IsNullOrWhiteSpace(given))
        {
            throw new SettingException(
                $"ConnectionStrings:{Name} is missing: set ConnectionStrings__{Name}, or mount a secret file of that name; {Form}."
            );
        }

        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new(given);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or KeyNotFoundException or OverflowException)
        {
            throw new SettingException($"ConnectionStrings:{Name} can't be read as a PostgreSQL connection string; {Form}.");
        }
        return string.IsNullOrWhiteSpace(connection.Host)
            ? throw new SettingException($"ConnectionStrings:{Name} names no host; {Form}.")
            : connection;
    }

    /// <summary>Sets a keyword unless the connection string already does: what a person wrote wins.</summary>
    /// <param name="connection">The connection string.</param>
    /// <param name="keyword">Npgsql's keyword.</param>
    /// <param name="value">The value when it isn't given.</param>
    public static NpgsqlConnectionStringBuilder OrElse(this NpgsqlConnectionStringBuilder connection, string keyword, object value)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!connection.ShouldSerialize(keyword))
            connection[keyword] = value;
        return connection;
    }
}
