using System.Reflection;
using System.Text.Json;

namespace Aspire.Hosting.Tools;

/// <summary>The versions this repository pins, read from <c>package.json</c> and <c>.config/dotnet-tools.json</c>, which the assembly carries.</summary>
/// <param name="Aspire">Version of the npm package that carries DCP and the dashboard.</param>
/// <param name="Postgres">Version of the npm package that carries PostgreSQL.</param>
/// <param name="Garnet">Version of the .NET tool <c>garnet-server</c>.</param>
internal sealed record PinnedTools(string Aspire, string Postgres, string Garnet)
{
    public const string AspirePackagePrefix = "@microsoft/aspire-cli-";
    public const string PostgresPackagePrefix = "@embedded-postgres/";
    public const string GarnetPackage = "garnet-server";

    private static readonly Lazy<PinnedTools> LazyCurrent = new(Load);

    public static PinnedTools Current => LazyCurrent.Value;

    /// <summary>PostgreSQL's major version, such as 18: what decides whether a data directory can be opened.</summary>
    public int PostgresMajor => int.Parse(Postgres.AsSpan(0, Postgres.IndexOf('.')), provider: null);

    private static PinnedTools Load()
    {
        using var npm = Read("tools/package.json");
        using var dotnet = Read("tools/dotnet-tools.json");
        var packages = npm.RootElement.GetProperty("optionalDependencies");
        return new PinnedTools(
            VersionOf(packages, AspirePackagePrefix),
            VersionOf(packages, PostgresPackagePrefix),
            dotnet.RootElement.GetProperty("tools").GetProperty(GarnetPackage).GetProperty("version").GetString()!);
    }

    // The packages of one tool carry the same version on every platform, so the platform that the file names stands for all.
    private static string VersionOf(JsonElement packages, string prefix) =>
        packages.EnumerateObject().First(package => package.Name.StartsWith(prefix, StringComparison.Ordinal)).Value.GetString()!;

    private static JsonDocument Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without the resource '{name}'.");
        return JsonDocument.Parse(stream);
    }
}
