using Aspire.Hosting.BackingServices;

namespace EmbeddedHost.Tests.BackingServices;

public class VisibleCommandTests
{
    [Theory]
    [InlineData("/opt/pg/bin/postgres -D /data", "/opt/pg/bin/postgres", "-D /data")]
    [InlineData("/usr/bin/setpriv --reuid 101 -- /opt/pg/bin/postgres -D /data", "/opt/pg/bin/postgres", "-D /data")]
    [InlineData("/usr/bin/dotnet /opt/GarnetServer.dll --port 1", "/opt/GarnetServer.dll", "--port 1")]
    [InlineData("/usr/bin/dotnet --info", "/usr/bin/dotnet", "--info")]
    [InlineData("/usr/bin/setpriv --dump", "/usr/bin/setpriv", "--dump")]
    public void Of_ACommand_IsTheServerItself(string command, string program, string arguments)
    {
        var words = command.Split(' ');

        var visible = VisibleCommand.Of(words[0], words[1..]);

        Assert.Equal((program, arguments), (visible.Program, string.Join(' ', visible.Arguments)));
    }
}
