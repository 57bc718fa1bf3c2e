using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Dashboard;

public class DashboardLogMessageTests
{
    [Fact]
    public void Parse_JsonAfterTimestamp_ReadsLevelCategoryAndText()
    {
        var message = DashboardLogMessage.Parse("""2026-11-23T10:49:04.123Z {"EventId":3,"LogLevel":"Warning","Category":"Aspire.Dashboard.Model.IconResolver","Message":"No icon {x}.","State":{"x":"{x}"}}""");

        Assert.Equal(new DashboardLogMessage(LogLevel.Warning, "Aspire.Dashboard.Model.IconResolver", "No icon {x}."), message);
        Assert.Equal("Aspire.Hosting.Dashboard.Model.IconResolver", message!.HostCategory);
    }

    [Fact]
    public void Parse_Exception_FollowsTheText()
    {
        var message = DashboardLogMessage.Parse("""{"LogLevel":"Error","Category":"Grpc.Net.Client","Message":"It broke.","Exception":"System.IO.IOException: gone"}""");

        Assert.Equal($"It broke.{Environment.NewLine}System.IO.IOException: gone", message!.Text);
        Assert.Equal("Aspire.Hosting.Dashboard.ThirdParty.Grpc.Net.Client", message.HostCategory);
    }

    [Theory]
    [InlineData("Unhandled exception. System.Exception: no")]
    [InlineData("""{"LogLevel":"Loud","Category":"c","Message":"m"}""")]
    [InlineData("""{"LogLevel":"Error" """)]
    [InlineData("")]
    public void Parse_AnythingElse_IsNull(string line) => Assert.Null(DashboardLogMessage.Parse(line));
}
