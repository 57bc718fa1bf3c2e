using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace AspireDeploy.Data;

/// <summary>The migrations that this version of the catalog's tables is made by.</summary>
public static class CatalogMigrations
{
    /// <summary>Gets their names, in the order in which they are applied.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(CatalogMigrations)
            .Assembly.GetTypes()
            .Select(static type => type.GetCustomAttribute<MigrationAttribute>(inherit: false)?.Id)
            .OfType<string>()
            .Order(StringComparer.Ordinal),
    ];
}
