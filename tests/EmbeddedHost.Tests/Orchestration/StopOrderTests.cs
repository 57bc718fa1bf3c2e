using Aspire.Hosting;
using Aspire.Hosting.Orchestration;

namespace EmbeddedHost.Tests.Orchestration;

public class StopOrderTests
{
    [Fact]
    public void Waves_Waits_StopWhatWaitsFirst()
    {
        var builder = DistributedApplication.CreateBuilder();
        var database = builder.AddPostgres("postgres").AddDatabase("catalog");
        var cache = builder.AddRedis("cache");
        var migrator = builder.AddExecutable("migrator", "true", ".").WaitFor(database);
        builder.AddExecutable("api", "true", ".").WaitFor(cache).WaitForCompletion(migrator);

        var waves = StopOrder.Waves(builder.Resources.Where(resource => resource != database.Resource));

        Assert.Equal([["api"], ["migrator"], ["postgres", "cache"]], waves.Select(wave => wave.Select(resource => resource.Name)));
    }
}
