using Aspire.Hosting.Tools;

namespace AspireDeploy.Engines;

/// <summary>What an AppHost needs on this machine to run with its dashboard and its backing services as processes.</summary>
public static class SolutionTools
{
    /// <summary>Where the restored ones are, as <c>ASPIREDEPLOY_TOOLS</c> names it: for a program that is given another home.</summary>
    public static string Cache => ToolCache.In(ToolEnvironment.ForProcess()).Root;

    /// <summary>Skips the running test where one of them is absent, or fails it: see <see cref="Engine.Missing"/>.</summary>
    public static void Require()
    {
        var environment = ToolEnvironment.ForProcess();
        var cache = ToolCache.In(environment);
        Require(DcpLocator.Find(environment, cache));
        Require(DashboardLocator.Find(environment, cache));
        Require(PostgresLocator.Find(environment, cache));
        Require(RedisLocator.Find(environment, cache));
    }

    private static void Require<T>(ToolSearch<T> search) where T : class
    {
        if (!search.IsFound)
            Engine.Missing(search.Error);
    }
}
