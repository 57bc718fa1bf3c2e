using Aspire.Hosting;
using EmbeddedHost.Tests.ApplicationModel;

namespace EmbeddedHost.Tests.Hosting;

public class AppHostOperationTests
{
    [Theory]
    [InlineData("", DistributedApplicationOperation.Run, null)]
    [InlineData("--operation run", DistributedApplicationOperation.Run, null)]
    [InlineData("--operation publish", DistributedApplicationOperation.Publish, "publish")]
    [InlineData("--operation Publish --step deploy", DistributedApplicationOperation.Publish, "deploy")]
    [InlineData("--publisher manifest", DistributedApplicationOperation.Publish, "publish-manifest")]
    [InlineData("--publisher manifest --operation publish --step mine", DistributedApplicationOperation.Publish, "mine")]
    public void CommandLine_SaysWhatTheAppHostIsStartedFor(string line, DistributedApplicationOperation operation, string? step)
    {
        var builder = Declared.Builder(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((operation, step), (builder.ExecutionContext.Operation, builder.Configuration["Pipeline:Step"]));
    }

    [Theory]
    [InlineData("--operation inspect", "Operation 'inspect' is unknown. Operations are 'run' and 'publish'.")]
    [InlineData("--publisher helm", "Publisher 'helm' is unknown. The one publisher is 'manifest'; everything else is a step: '--operation publish --step NAME'.")]
    [InlineData("--step publish", "Step 'publish' runs only when publishing. Add '--operation publish'.")]
    public void CommandLine_ThatMakesNoSense_IsRefused(string line, string message) =>
        Assert.Equal(message, Assert.Throws<DistributedApplicationException>(() => Declared.Builder(line.Split(' '))).Message);
}
