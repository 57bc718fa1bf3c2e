using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Docker;
using AspireDeploy.Tests.Concepts;

namespace AspireDeploy.Tests.Targets;

public class TargetDeclarationTests
{
    [Fact]
    public void AddComposeTarget_ItsName_IsItsFolders() => Assert.Equal(("on-site", "compose"), (Declared.Application().AddComposeTarget("on-site").Resource.Target.Name, new ComposeTarget().Name));

    [Fact]
    public void AddComposeTarget_ANameThatIsTaken_IsRefused()
    {
        var builder = Declared.Application();
        builder.AddComposeTarget("compose");

        Assert.Contains("'compose' is used twice", Declared.Refusal(() => builder.AddComposeTarget("compose")), StringComparison.Ordinal);
    }

    [Fact]
    public void AddComposeTarget_ANameWithCapitals_IsRefused() =>
        Assert.Equal("OnSite.name: is a target's, and names a folder that must be the same on every system; write it in lower case, \"onsite\"", Declared.Refusal(() => Declared.Application().AddComposeTarget("OnSite")));

    [Fact]
    public void UseTraefik_ItsNetwork_ReachesTheTarget() => Assert.Equal(new TraefikEdge("proxy"), Declared.Application().AddComposeTarget().UseTraefik("proxy").Resource.Options.Traefik);

    [Fact]
    public void AddSwarmTarget_WithTraefik_IsSwarmWithItsNetwork()
    {
        var swarm = Declared.Application().AddSwarmTarget().UseTraefik("proxy").Resource;

        Assert.Equal(("swarm", "swarm", new TraefikEdge("proxy")), (swarm.Target.Name, swarm.Target.Kind, swarm.Options.Traefik));
    }
}
