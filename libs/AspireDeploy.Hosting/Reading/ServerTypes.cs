using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Reading;

/// <summary>
/// Knows the servers of Aspire's packages for PostgreSQL and Redis by the names of their types and public properties. This library refers
/// to neither package: who uses none gets none, and any version goes with it.
/// </summary>
internal static class ServerTypes
{
    internal static bool IsPostgres(IResource resource) => Is(resource, "PostgresServerResource");

    internal static bool IsPostgresDatabase(IResource resource) => Is(resource, "PostgresDatabaseResource");

    internal static bool IsRedis(IResource resource) => Is(resource, "RedisResource");

    /// <summary>Returns the databases of a PostgreSQL server, in the order of their names.</summary>
    internal static IReadOnlyList<string> DatabasesOf(IResource server) =>
        [.. ((IReadOnlyDictionary<string, string>)Value(server, "Databases")!).Values.Order(StringComparer.Ordinal)];

    /// <summary>Returns the script that <c>WithCreationScript</c> declares for a database; null: none.</summary>
    internal static string? CreationScriptOf(IEnumerable<IResource> databases, string name) =>
        databases
            .Where(database => IsPostgresDatabase(database) && (string?)Value(database, "DatabaseName") == name)
            .SelectMany(static database => database.Annotations)
            .Where(static annotation => annotation.GetType().Name == "PostgresCreateDatabaseScriptAnnotation")
            .Select(static annotation => (string?)annotation.GetType().GetProperty("Script")?.GetValue(annotation))
            .LastOrDefault();

    /// <summary>Returns the password of a Redis server; null if it has none.</summary>
    internal static ParameterResource? PasswordOf(IResource server) => (ParameterResource?)Value(server, "PasswordParameter");

    private static bool Is(IResource resource, string name)
    {
        for (var type = resource.GetType(); type is not null; type = type.BaseType)
        {
            if (type.Name == name && type.Namespace == "Aspire.Hosting.ApplicationModel")
                return true;
        }

        return false;
    }

    private static object? Value(IResource server, string property) =>
        (
            server.GetType().GetProperty(property)
            ?? throw new InvalidOperationException(
                $"{server.GetType()} of {server.GetType().Assembly.GetName()} has no property {property}."
            )
        ).GetValue(server);
}
