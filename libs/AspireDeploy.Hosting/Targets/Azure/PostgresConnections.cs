using System.Globalization;
using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// How many connections a PostgreSQL server that Azure runs allows, and how they are shared out: each replica's pool gets as many as fit while the replicas of an update run beside those before it.
/// </summary>
internal static partial class PostgresConnections
{
    private const string Pool = "Maximum Pool Size";

    // Kept back by the service. (https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-limits#maximum-connections)
    private const int Reserved = 15;

    // For people, who look at a server that is in use.
    private const int Spare = 2;

    // Npgsql's own. (https://www.npgsql.org/doc/connection-string-parameters.html#pooling)
    private const int LargestPool = 100;

    /// <summary>How many connections users may open on a server of a size; null: the size isn't one whose memory its name tells.</summary>
    internal static int? AllowedBy(string sku)
    {
        if (Size().Match(sku) is not { Success: true } match) return null;
        var cores = int.Parse(match.Groups["cores"].ValueSpan, CultureInfo.InvariantCulture);
        var gibibytes = (match.Groups["family"].Value, match.Groups["kind"].Value) switch
        {
            ("B", "ms") => cores == 1 ? 2 : cores * 4,
            ("B", _) => cores * 2,
            ("E", _) => cores * 8,
            _ => cores * 4,
        };
        // The memory decides, and a figure for each: https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-limits#maximum-connections
        return gibibytes switch { < 4 => 50, < 8 => 429, < 16 => 859, < 32 => 1718, < 48 => 3437, _ => 5000 } - Reserved;
    }

    /// <summary>Whether a value is a connection string of ADO.NET to a server that Azure runs.</summary>
    internal static Workload? ServerOf(Template value, DeploymentPlan plan, AzureContainerAppsOptions options) =>
        options.Postgres is not null && value.Parts is [Literal { Text: "Host=" }, EndpointReference reference, ..] && plan.WorkloadNamed(reference.Workload) is var server && options.IsManagedPostgres(server) ? server : null;

    /// <summary>What is added to a connection string, so that all pools together fit; empty: nothing.</summary>
    internal static string Addition(Template value, DeploymentPlan plan, AzureContainerAppsOptions options) =>
        ServerOf(value, plan, options) is { } server && PoolOf(value) is null && Shared(plan, server, options) is { } pool and < LargestPool ? string.Create(CultureInfo.InvariantCulture, $";{Pool}={pool}") : "";

    /// <summary>Returns what is wrong with a server's size; null if all pools fit.</summary>
    internal static PlanError? Check(DeploymentPlan plan, Workload server, AzureContainerAppsOptions options)
    {
        if (AllowedBy(options.Postgres!.Sku) is not { } allowed) return null;
        var pools = PoolsOf(plan, server, options).ToList();
        var declared = pools.Where(static pool => pool.Size is not null).Sum(static pool => pool.Size!.Value * pool.Times);
        var others = pools.Where(static pool => pool.Size is null).Sum(static pool => pool.Times);
        if (declared + others + Spare <= allowed) return null;
        var least = Sizes.FirstOrDefault(size => AllowedBy(size) >= declared + others + Spare);
        var sizes = pools.Select(static pool => string.Create(CultureInfo.InvariantCulture, $"{pool.Of} {pool.Times} × {pool.Size ?? 1}"));
        return new($"{server.Name}.sku", string.Create(CultureInfo.InvariantCulture, $"\"{options.Postgres.Sku}\" allows {allowed} connections, and during an update there may be {declared + others} of {string.Join(", ", sizes)} beside {Spare} for people; ")
            + $"take {(least is null ? "fewer replicas" : $"a larger server, .WithManagedPostgres(sku: \"{least}\", tier: \"{TierOf(least)}\")")}, or a smaller {Pool}");
    }

    /// <summary>How the connections are shared out, for the report; null: nobody's pool is known.</summary>
    internal static string? Told(DeploymentPlan plan, Workload server, AzureContainerAppsOptions options) => AllowedBy(options.Postgres!.Sku) is not { } allowed || PoolsOf(plan, server, options).ToList() is not { Count: > 0 } pools ? null
        : string.Create(CultureInfo.InvariantCulture, $"which allows {allowed} connections; the pools have ") + string.Join(", ", pools.Select(pool => string.Create(CultureInfo.InvariantCulture, $"{pool.Of} {pool.Times} × {pool.Size ?? Shared(plan, server, options)}")));

    private static int? Shared(DeploymentPlan plan, Workload server, AzureContainerAppsOptions options)
    {
        if (AllowedBy(options.Postgres!.Sku) is not { } allowed) return null;
        var pools = PoolsOf(plan, server, options).ToList();
        var others = pools.Where(static pool => pool.Size is null).Sum(static pool => pool.Times);
        return Math.Clamp((allowed - Spare - pools.Sum(static pool => (pool.Size ?? 0) * pool.Times)) / Math.Max(1, others), 1, LargestPool);
    }

    // A program has a pool for each connection string, however many variables hold it. An update runs the next replicas beside those before it; a job runs alone.
    private static IEnumerable<(string Of, int? Size, int Times)> PoolsOf(DeploymentPlan plan, Workload server, AzureContainerAppsOptions options) =>
        from workload in plan.Workloads
        from value in Links.TemplatesOf(workload).Select(static template => template.Value).Where(value => ServerOf(value, plan, options) == server).Distinct()
        select (workload.Name, PoolOf(value), workload.Scale.Maximum * (workload.IsJob ? 1 : 2));

    private static int? PoolOf(Template value) => value.Parts.OfType<Literal>().Select(static literal => Declared().Match(literal.Text)).FirstOrDefault(static match => match.Success) is { } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    private static string[] Sizes { get; } = ["Standard_B2s", "Standard_D2ds_v5", "Standard_D4ds_v5", "Standard_D8ds_v5", "Standard_D16ds_v5"];

    private static string TierOf(string sku) => sku.StartsWith("Standard_B", StringComparison.Ordinal) ? "Burstable" : sku.StartsWith("Standard_E", StringComparison.Ordinal) ? "MemoryOptimized" : "GeneralPurpose";

    [GeneratedRegex(@"\AStandard_(?<family>[BDE])(?<cores>[0-9]{1,3})(?<kind>ms|s|[a-z]*)(_v[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@";\s*(?:Maximum Pool Size|Max Pool Size|MaxPoolSize|MaximumPoolSize)\s*=\s*([0-9]{1,6})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Declared();
}
