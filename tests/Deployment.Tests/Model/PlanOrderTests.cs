using AspireDeploy.Model;

namespace AspireDeploy.Tests.Model;

public class PlanOrderTests
{
    private static Workload Named(string name, params string[] waitsFor) =>
        new()
        {
            Name = name,
            Image = new ImageReference("example/" + name, "1"),
            Restart = RestartPolicy.Always,
            Environment = [new("B", "2"), new("A", "1")],
            Dependencies = waitsFor.Select(static on => new Dependency(on, DependencyCondition.Started)).ToEquatableArray(),
        };

    [Fact]
    public void Of_TheSameDeclarationInAnotherOrder_IsEqual()
    {
        var one = PlanOrder.Sort(
            new()
            {
                Name = "shop",
                Workloads = [Named("b", "a", "c"), Named("a"), Named("c")],
                Secrets = [new("y"), new("x")],
            }
        );
        var other = PlanOrder.Sort(
            new()
            {
                Name = "shop",
                Workloads = [Named("c"), Named("b", "c", "a"), Named("a")],
                Secrets = [new("x"), new("y")],
            }
        );

        Assert.Equal(one, other);
        Assert.Equal(["a", "b", "c"], one.Workloads.Select(static workload => workload.Name));
        Assert.Equal("c", one.WorkloadNamed("c").Name);
        Assert.Null(one.FindWorkload("d"));
    }

    [Fact]
    public void StartOrder_AChain_IsInWaves()
    {
        var waves = StartOrder.Compute(
            PlanOrder.Sort(
                new() { Name = "shop", Workloads = [Named("api", "job", "cache"), Named("job", "db"), Named("db"), Named("cache")] }
            )
        );

        Assert.Equal(
            [
                ["cache", "db"],
                ["job"],
                ["api"],
            ],
            waves.Select(static wave => wave.Select(static workload => workload.Name))
        );
    }
}
