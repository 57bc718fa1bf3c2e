using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Concepts;

public class RestartTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static RestartPolicy Of(IResourceBuilder<IResource> declared) =>
        declared.Resource.Annotations.OfType<RestartPolicyAnnotation>().Single().Policy;

    [Fact]
    public void WithRestart_EverythingSaid_IsKept() =>
        Assert.Equal(
            new(RestartMode.OnFailure, 5, new(Second, 30 * Second)) { ResetAfter = 60 * Second },
            Of(
                Declared
                    .Container()
                    .WithRestartPolicy(
                        RestartMode.OnFailure,
                        maxAttempts: 5,
                        initialBackoff: Second,
                        maxBackoff: 30 * Second,
                        resetAfter: 60 * Second
                    )
            )
        );

    [Fact]
    public void WithRestart_ModeAlone_LeavesTheRestToWhoEnforcesIt() =>
        Assert.Equal(RestartPolicy.Always, Of(Declared.Container().WithRestartPolicy(RestartMode.Always)));

    [Fact]
    public void WithRestart_ABackOffWithoutCap_GrowsToFiveMinutesOrItself()
    {
        Assert.Equal(
            new(Second, 300 * Second),
            Of(Declared.Container().WithRestartPolicy(RestartMode.Always, initialBackoff: Second)).BackOff
        );
        Assert.Equal(
            new(600 * Second, 600 * Second),
            Of(Declared.Container().WithRestartPolicy(RestartMode.Always, initialBackoff: 600 * Second)).BackOff
        );
    }

    [Fact]
    public void WithRestart_Mistakes_AreRefusedWithResourceAndValue()
    {
        Assert.Equal(
            "api.restart.attempts: 0 is too few; at least 1, or restart never",
            Declared.Refusal(() => Declared.Container().WithRestartPolicy(RestartMode.OnFailure, maxAttempts: 0))
        );
        Assert.Equal(
            "api.restart.attempts: attempts are only counted when restarting on failure",
            Declared.Refusal(() => Declared.Container().WithRestartPolicy(RestartMode.Always, maxAttempts: 3))
        );
        Assert.Equal(
            "api.restart.backoff: 2s doubling to 1s doesn't grow; the first wait must be more than 0 and at most the longest",
            Declared.Refusal(() =>
                Declared.Container().WithRestartPolicy(RestartMode.Always, initialBackoff: 2 * Second, maxBackoff: Second)
            )
        );
        Assert.Equal(
            "api.restart.backoff: has a longest wait but no first one; give initialBackoff too",
            Declared.Refusal(() => Declared.Container().WithRestartPolicy(RestartMode.Always, maxBackoff: Second))
        );
        Assert.Equal(
            "api.restart.backoff: what never restarts waits for nothing; take the times away",
            Declared.Refusal(() => Declared.Container().WithRestartPolicy(RestartMode.Never, initialBackoff: Second))
        );
        Assert.Equal(
            "api.restart.resetAfter: must be more than 0",
            Declared.Refusal(() => Declared.Container().WithRestartPolicy(RestartMode.Always, resetAfter: TimeSpan.Zero))
        );
    }

    [Fact]
    public void Check_AlwaysOnAJobThatOthersWaitFor_NamesWhoWaits()
    {
        var builder = Declared.Application();
        var migrator = builder.AddContainer("migrator", "example/job").WithRestartPolicy(RestartMode.Always);
        builder.AddContainer("api", "example/api").WaitForCompletion(migrator);

        Assert.Equal(
            [
                "migrator.restart: api waits for it to complete, and what always restarts never does; use RestartMode.OnFailure or "
                    + "RestartMode.Never",
            ],
            builder.Mistakes()
        );
    }

    [Fact]
    public void Check_OnFailureOnAJobThatOthersWaitFor_IsFine()
    {
        var builder = Declared.Application();
        var migrator = builder.AddContainer("migrator", "example/job").WithRestartPolicy(RestartMode.OnFailure, maxAttempts: 3);
        builder.AddContainer("api", "example/api").WaitForCompletion(migrator);

        Assert.Empty(builder.Mistakes());
    }
}
