using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Waiting;

public class WaitCycleTests
{
    [Fact]
    public void Find_ResourcesThatWaitForEachOther_ReturnsTheCircle()
    {
        var builder = Declared.Builder();
        var web = builder.AddExecutable("web", "true", ".");
        var api = builder.AddExecutable("api", "true", ".");
        var migrator = builder.AddExecutable("migrator", "true", ".");
        web.WaitFor(api);
        api.WaitForCompletion(migrator);
        migrator.WaitForStart(api);

        Assert.Equal(["api", "migrator", "api"], WaitCycle.Find(builder.Resources)!.Select(r => r.Name));
    }

    [Fact]
    public void Find_TwoThatWaitForTheSame_ReturnsNone()
    {
        var builder = Declared.Builder();
        var database = builder.AddExecutable("database", "true", ".");
        var migrator = builder.AddExecutable("migrator", "true", ".").WaitFor(database);
        builder.AddExecutable("api", "true", ".").WaitFor(database).WaitForCompletion(migrator);

        Assert.Null(WaitCycle.Find(builder.Resources));
    }

    [Fact]
    public void WaitFor_ADatabase_WaitsForItsServerToo()
    {
        var builder = Declared.Builder();
        var server = builder.AddPostgres("postgres");
        var api = builder.AddExecutable("api", "true", ".").WaitFor(server.AddDatabase("catalog"));

        Assert.Equal(["postgres", "catalog"], api.Resource.Annotations.OfType<WaitAnnotation>().Select(w => w.Resource.Name));
    }

    [Fact]
    public void WaitFor_Itself_IsRefused()
    {
        var api = Declared.Builder().AddExecutable("api", "true", ".");

        Assert.Throws<DistributedApplicationException>(() => api.WaitFor(api));
    }
}
