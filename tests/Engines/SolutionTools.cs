using AspireDeploy.PostgreSQL;
using AspireDeploy.Redis;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines;

/// <summary>
/// The servers that an AppHost needs on this machine to run its backing services as processes. They are fetched where they are missing.
/// </summary>
public static class SolutionTools
{
    /// <summary>Gets where fetched ones are, as <c>ASPIREDEPLOY_TOOLS</c> names it: for a program that is given another home.</summary>
    public static string Cache => ToolCache.In(ToolEnvironment.ForProcess()).Root;

    /// <summary>Skips the running test where one of them can't be had, or fails it: see <see cref="Engine.Missing"/>.</summary>
    public static async Task RequireAsync(CancellationToken cancellationToken)
    {
        await PostgresAsync(cancellationToken);
        await RedisAsync(cancellationToken);
    }

    internal static Task<PostgresTool> PostgresAsync(CancellationToken cancellationToken) =>
        FindAsync(PostgresTool.FindAsync(ToolEnvironment.ForProcess(), static _ => { }, cancellationToken));

    internal static Task<RedisTool> RedisAsync(CancellationToken cancellationToken) =>
        FindAsync(RedisTool.FindAsync(ToolEnvironment.ForProcess(), AppContext.BaseDirectory, static _ => { }, cancellationToken));

    private static async Task<T> FindAsync<T>(Task<T> search)
    {
        try
        {
            return await search;
        }
        catch (Aspire.Hosting.DistributedApplicationException missing)
        {
            Engine.Missing(missing.Message);
            throw;
        }
    }
}
