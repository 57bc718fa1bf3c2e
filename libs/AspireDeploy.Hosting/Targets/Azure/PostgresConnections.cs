using System.Globalization;
using System.Text.RegularExpressions;
using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Describes how many connections a PostgreSQL server allows, and how they are shared out: each replica's pool gets as many as fit while
/// the replicas of an update run beside those before it.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="server">The server.</param>
/// <param name="options">What was chosen of the target.</param>
internal sealed partial class PostgresConnections(DeploymentPlan plan, Workload server, AzureContainerAppsOptions options)
{
    private const string Pool = "Maximum Pool Size";

    // What a server in a container allows unless told, and what it keeps back for its superuser.
    // (https://www.postgresql.org/docs/current/runtime-config-connection.html)
    private const int OwnDefault = 100;
    private const int OwnReserved = 3;

    // Kept back by the service. (https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-limits#maximum-connections)
    private const int Reserved = 15;

    // For people, who look at a server that is in use.
    private const int Spare = 2;

    // Npgsql's own. (https://www.npgsql.org/doc/connection-string-parameters.html#pooling)
    private const int LargestPool = 100;

    private static readonly string[] Sizes =
    [
        "Standard_B2s",
        "Standard_D2ds_v5",
        "Standard_D4ds_v5",
        "Standard_D8ds_v5",
        "Standard_D16ds_v5",
    ];

    private readonly List<PoolOf> _pools = [.. Find(plan, server)];

    private int? Allowed => options.IsManagedPostgres(server) ? AllowedBy(options.Postgres!.Sku) : AllowedByArguments(server);

    private int AtOnce => Declared + Undeclared;

    private int Declared => _pools.Sum(static pool => (pool.Size ?? 0) * pool.Times);

    private int Undeclared => _pools.Where(static pool => pool.Size is null).Sum(static pool => pool.Times);

    private int? Shared =>
        Allowed is { } allowed ? Math.Clamp((allowed - Spare - Declared) / Math.Max(1, Undeclared), 1, LargestPool) : null;

    /// <summary>
    /// Returns how many connections users may open on a server of a size; null: the size isn't one whose memory its name tells.
    /// </summary>
    internal static int? AllowedBy(string sku)
    {
        if (Size().Match(sku) is not { Success: true } match)
            return null;
        var cores = int.Parse(match.Groups["cores"].ValueSpan, CultureInfo.InvariantCulture);
        var gibibytes = (match.Groups["family"].Value, match.Groups["kind"].Value) switch
        {
            ("B", "ms") => cores == 1 ? 2 : cores * 4,
            ("B", _) => cores * 2,
            ("E", _) => cores * 8,
            _ => cores * 4,
        };
        // By the same page, the memory decides.
        var most = gibibytes switch
        {
            < 4 => 50,
            < 8 => 429,
            < 16 => 859,
            < 32 => 1718,
            < 48 => 3437,
            _ => 5000,
        };
        return most - Reserved;
    }

    // Null: what it is told stands elsewhere.
    private static int? AllowedByArguments(Workload server)
    {
        var arguments = server.Arguments.Select(static argument => argument.AsLiteral ?? "").ToList();
        if (!server.Entrypoint.IsEmpty || arguments.Any(static argument => argument.Contains("config_file", StringComparison.Ordinal)))
            return null;
        var told = arguments.Select(static argument => Connections().Match(argument)).LastOrDefault(static match => match.Success);
        return (told is null ? OwnDefault : int.Parse(told.Groups[1].ValueSpan, CultureInfo.InvariantCulture)) - OwnReserved;
    }

    /// <summary>Returns what is added to a connection string, so that all pools together fit; empty: nothing.</summary>
    internal static string Addition(Template value, DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        if (ServerOf(value, plan) is not { } server || DeclaredIn(value) is not null)
            return "";
        return new PostgresConnections(plan, server, options).Shared is { } size and < LargestPool
            ? string.Create(CultureInfo.InvariantCulture, $";{Pool}={size}")
            : "";
    }

    /// <summary>Returns how the pools outgrow what the server allows; null if all fit.</summary>
    internal string? Shortfall() =>
        Allowed is not { } allowed || AtOnce + Spare <= allowed
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"allows {allowed} connections, and during an update there may be {AtOnce} of ")
                + string.Create(CultureInfo.InvariantCulture, $"{Told(static pool => pool.Size ?? 1)} beside {Spare} for people");

    /// <summary>Returns what is wrong with the size of a server that Azure runs; null if all pools fit.</summary>
    internal PlanError? Check()
    {
        if (Shortfall() is not { } shortfall)
            return null;
        var least = Sizes.FirstOrDefault(size => AllowedBy(size) >= AtOnce + Spare);
        var larger = least is null
            ? "fewer replicas"
            : $"a larger server, .WithManagedPostgres(sku: \"{least}\", tier: \"{TierOf(least)}\")";
        return new($"{server.Name}.sku", $"\"{options.Postgres!.Sku}\" {shortfall}; take {larger}, or a smaller {Pool}");
    }

    /// <summary>Returns how the connections are shared out, for the report; null: nobody's pool is known.</summary>
    internal string? Told() =>
        Allowed is not { } allowed || _pools.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"which allows {allowed} connections; the pools have {Told(pool => pool.Size ?? Shared!.Value)}"
            );

    private string Told(Func<PoolOf, int> size) =>
        string.Join(", ", _pools.Select(pool => string.Create(CultureInfo.InvariantCulture, $"{pool.Name} {pool.Times} × {size(pool)}")));

    // A program has a pool for each connection string, however many variables hold it. An update runs the next replicas beside those
    // before it; a job runs alone.
    private static IEnumerable<PoolOf> Find(DeploymentPlan plan, Workload server) =>
        from workload in plan.Workloads
        from value in Links.TemplatesOf(workload).Select(static template => template.Value).Distinct()
        where ServerOf(value, plan) == server
        select new PoolOf(workload.Name, DeclaredIn(value), workload.Scale.Maximum * (workload.IsJob ? 1 : 2));

    // The server that a connection string of ADO.NET leads to.
    private static Workload? ServerOf(Template value, DeploymentPlan plan) =>
        value.Parts is [Literal { Text: "Host=" }, EndpointReference reference, ..]
        && plan.WorkloadNamed(reference.Workload) is var server
        && AzureContainerAppsOptions.IsPostgres(server)
            ? server
            : null;

    private static int? DeclaredIn(Template value)
    {
        var match = value
            .Parts.OfType<Literal>()
            .Select(static literal => PoolSize().Match(literal.Text))
            .FirstOrDefault(static match => match.Success);
        return match is null ? null : int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static string TierOf(string sku) => sku.StartsWith("Standard_B", StringComparison.Ordinal) ? "Burstable" : "GeneralPurpose";

    [GeneratedRegex(@"\AStandard_(?<family>[BDE])(?<cores>[0-9]{1,3})(?<kind>ms|s|[a-z]*)(_v[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Size();

    [GeneratedRegex(@";\s*(?:Maximum|Max) ?Pool ?Size\s*=\s*([0-9]{1,6})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PoolSize();

    [GeneratedRegex(@"\A(?:--)?max[_-]connections=([0-9]{1,6})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Connections();

    private sealed record PoolOf(string Name, int? Size, int Times);
}
