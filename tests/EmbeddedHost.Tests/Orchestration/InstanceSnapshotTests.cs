using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestration;

namespace EmbeddedHost.Tests.Orchestration;

public sealed class InstanceSnapshotTests : IDisposable
{
    private static readonly TimeSpan HalfASecond = TimeSpan.FromSeconds(0.5);

    private readonly Instance _instance = new(new ExecutableResource("tool", "/x", "."), "tool-abcdefgh", 0);

    public InstanceSnapshotTests() => _instance.NextObject();

    [Fact]
    public void Start_ToldAsBeforeItWasAskedFor_IsWhenItWasAskedFor() => Assert.Equal(_instance.Asked, StartOf(_instance.Asked - HalfASecond));

    [Fact]
    public void Start_ToldAsAfterwards_IsAsTold() => Assert.Equal(_instance.Asked + HalfASecond, StartOf(_instance.Asked + HalfASecond));

    [Fact]
    public void Start_NotToldYet_IsNotKnown() => Assert.Null(StartOf(null));

    public void Dispose() => _instance.Dispose();

    private DateTime? StartOf(DateTime? told)
    {
        var executable = new Executable { Spec = new() { ExecutablePath = "/x" }, Status = new() { State = ExecutableStates.Running, StartupTimestamp = told } };
        return new InstanceSnapshot(new LaunchSecrets()).Of(executable, _instance)(new CustomResourceSnapshot { ResourceType = "Executable", Properties = [] }).StartTimeStamp;
    }
}
