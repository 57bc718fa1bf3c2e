using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestration;

namespace EmbeddedHost.Tests.Orchestration;

public class InstancePortsTests
{
    private static readonly string Template = EndpointAllocation.PortTemplate("api-http");

    [Theory]
    [InlineData("http://localhost:{0}", "http://localhost:43127", 43127)]
    [InlineData("{0}", "43127", 43127)]
    [InlineData("http://*:{0}/x;https://*:1", "http://*:43127/x;https://*:1", 43127)]
    [InlineData("{0}", "", null)]
    [InlineData("http://localhost:5080", "http://localhost:5080", null)]
    public void Find_InTheEnvironment_ReadsWhatStandsForTheTemplate(string declared, string effective, int? port)
    {
        var executable = Executable([new("URLS", declared.Replace("{0}", Template, StringComparison.Ordinal))], [new("URLS", effective)]);

        Assert.Equal(port, InstancePorts.Find(executable, Template));
    }

    [Fact]
    public void Find_InTheArguments_ReadsWhatStandsForTheTemplate()
    {
        var executable = Executable([], [], ["--port", Template], ["--port", "43127"]);

        Assert.Equal(43127, InstancePorts.Find(executable, Template));
    }

    [Fact]
    public void Find_NotStarted_KnowsNone() => Assert.Null(InstancePorts.Find(new Executable { Spec = new() { ExecutablePath = "/x", Env = [new("PORT", Template)] } }, Template));

    private static Executable Executable(List<EnvVar> declared, List<EnvVar> effective, List<string>? arguments = null, List<string>? effectiveArguments = null) => new()
    {
        Spec = new() { ExecutablePath = "/x", Env = declared, Args = arguments ?? [] },
        Status = new() { EffectiveEnv = effective, EffectiveArgs = effectiveArguments },
    };
}
