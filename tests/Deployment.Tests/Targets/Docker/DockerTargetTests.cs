using AspireDeploy.Plan;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Swarm;

namespace AspireDeploy.Tests.Targets.Docker;

/// <summary>What holds of Compose and Swarm alike.</summary>
public class DockerTargetTests
{
    private static readonly ITarget[] Both = [new ComposeTarget(), new SwarmTarget()];

    private static DeploymentPlan With(Template content) => new()
    {
        Name = "shop",
        Parameters = [new("user", "a b")],
        Secrets = [new("key")],
        Workloads = [new() { Name = "api", Image = new ImageReference("example/api", "1"), Restart = new(RestartMode.Always), SecretFiles = [new("/run/secrets/url", content)] }],
    };

    [Fact]
    public void Write_AParameterPercentEncodedBesideASecret_IsEncodedByTheScript()
    {
        var plan = With([new Literal("amqp://"), new ParameterReference("user", ValueEncoding.Uri), new Literal(":"), new SecretReference("key", ValueEncoding.Uri), new Literal("@mq")]);

        Assert.All(Both, target => Assert.Contains("{ printf %s amqp://; setting USER 'a b' | encode; printf %s :; value key | encode; printf %s @mq; }",
            target.Write(plan).Single(static file => file.Path == "secrets.sh").Content, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_AParameterPercentEncodedInASetting_IsRefused_SinceNothingWouldEncodeIt()
    {
        var plan = With("");
        plan = plan with { Workloads = [plan.Workloads[0] with { Environment = [new("URL", [new Literal("http://"), new ParameterReference("user", ValueEncoding.Uri)])] }] };

        Assert.All(Both, target => Assert.Equal(["api.env.URL: holds the parameter user percent-encoded, which nothing does with what is chosen in .env; make user a secret, or take it as it is"],
            target.Check(plan).Select(static error => error.ToString())));
    }

    [Fact]
    public void Write_TargetsOfNamesOfTheirOwn_AreDeploymentsOfTheirOwn()
    {
        var plan = With("") with { Volumes = [new("data")] };

        Assert.Contains("\nname: shop\n", Compose("compose"), StringComparison.Ordinal);
        Assert.Contains("\nname: shop-on-site\n", Compose("on-site"), StringComparison.Ordinal);
        Assert.Contains(" shop-on-site_api ", string.Join(' ', new SwarmTarget(new("on-site")).Commands(plan).Select(static command => command.Line + " ")), StringComparison.Ordinal);

        string Compose(string name) => new ComposeTarget(new(name)).Write(plan)[0].Content;
    }
}
