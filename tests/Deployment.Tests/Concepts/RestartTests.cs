using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Plan;

namespace AspireDeploy.Tests.Concepts;

public class RestartTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static RestartPolicy Of(IResourceBuilder<IResource> declared) => declared.Resource.Annotations.OfType<RestartAnnotation>().Single().Policy;

    [Fact]
    public void WithRestart_EverythingSaid_IsKept() =>
        Assert.Equal(new(RestartMode.OnFailure, 5, new(Second, 30 * Second)) { HealthyStretch = 60 * Second },
            Of(Declared.Container().WithRestart(RestartMode.OnFailure, maxAttempts: 5, backOff: Second, maxBackOff: 30 * Second, healthyStretch: 60 * Second)));

    [Fact]
    public void WithRestart_ModeAlone_LeavesTheRestToWhoEnforcesIt() => Assert.Equal(RestartPolicy.Always, Of(Declared.Container().WithRestart(RestartMode.Always)));

    [Fact]
    public void WithRestart_ABackOffWithoutCap_GrowsToFiveMinutesOrItself()
    {
        Assert.Equal(new(Second, 300 * Second), Of(Declared.Container().WithRestart(RestartMode.Always, backOff: Second)).BackOff);
        Assert.Equal(new(600 * Second, 600 * Second), Of(Declared.Container().WithRestart(RestartMode.Always, backOff: 600 * Second)).BackOff);
    }

    [Fact]
    public void WithRestart_Mistakes_AreRefusedWithResourceAndValue()
    {
        Assert.Equal("api.restart.attempts: 0 is too few; at least 1, or restart never", Declared.Refusal(() => Declared.Container().WithRestart(RestartMode.OnFailure, maxAttempts: 0)));
        Assert.Equal("api.restart.attempts: attempts are only counted when restarting on failure", Declared.Refusal(() => Declared.Container().WithRestart(RestartMode.Always, maxAttempts: 3)));
        Assert.Equal("api.restart.backoff: 2s doubling to 1s doesn't grow; the first wait must be more than 0 and at most the longest",
            Declared.Refusal(() => Declared.Container().WithRestart(RestartMode.Always, backOff: 2 * Second, maxBackOff: Second)));
        Assert.Equal("api.restart.backoff: has a longest wait but no first one; give backOff too", Declared.Refusal(() => Declared.Container().WithRestart(RestartMode.Always, maxBackOff: Second)));
        Assert.Equal("api.restart.backoff: what never restarts waits for nothing; take the times away", Declared.Refusal(() => Declared.Container().WithRestart(RestartMode.Never, backOff: Second)));
        Assert.Equal("api.restart.healthyStretch: must be more than 0", Declared.Refusal(() => Declared.Container().WithRestart(RestartMode.Always, healthyStretch: TimeSpan.Zero)));
    }

    [Fact]
    public void Check_AlwaysOnAStepThatOthersWaitFor_NamesWhoWaits()
    {
        var builder = Declared.Application();
        var migrator = builder.AddContainer("migrator", "example/step").WithRestart(RestartMode.Always);
        builder.AddContainer("api", "example/api").WaitForCompletion(migrator);

        Assert.Equal(["migrator.restart: api waits for it to complete, and what always restarts never does; use RestartMode.OnFailure or RestartMode.Never"], builder.Mistakes());
    }

    [Fact]
    public void Check_OnFailureOnAStepThatOthersWaitFor_IsFine()
    {
        var builder = Declared.Application();
        var migrator = builder.AddContainer("migrator", "example/step").WithRestart(RestartMode.OnFailure, maxAttempts: 3);
        builder.AddContainer("api", "example/api").WaitForCompletion(migrator);

        Assert.Empty(builder.Mistakes());
    }
}
