using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbeddedHost.Tests.ApplicationModel.Notifications;

public class SnapshotContentTests
{
    private static CustomResourceSnapshot Full() => new CustomResourceSnapshot
    {
        ResourceType = "Project",
        Properties = Publishing.Property("args", new List<string> { "a", "b" }),
        State = KnownResourceStates.Running,
        StartTimeStamp = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        Urls = [new UrlSnapshot("http", "http://localhost:1", false)],
        EnvironmentVariables = [new EnvironmentVariableSnapshot("A", "1", true)],
        Volumes = [new VolumeSnapshot("data", "/data", "volume", false)],
        Relationships = [new RelationshipSnapshot("other", "Reference")],
        Commands = [new ResourceCommandSnapshot("stop", ResourceCommandState.Enabled, "Stop", null, null, null, null, null, false)],
    }.Report(new HealthReportSnapshot("ready", HealthStatus.Healthy, null, null));

    [Fact]
    public void Same_EqualArraysMadeApart_IsTrue() => Assert.True(SnapshotContent.Same(Full() with { Version = 1 }, Full() with { Version = 2 }));

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static readonly Dictionary<string, Func<CustomResourceSnapshot, CustomResourceSnapshot>> Changed = new()
    {
        ["state"] = s => s with { State = KnownResourceStates.Exited },
        ["exit code"] = s => s with { ExitCode = 1 },
        ["list in a property"] = s => s with { Properties = Publishing.Property("args", new List<string> { "a", "c" }) },
        ["masking of a property"] = s => s with { Properties = [s.Properties[0] with { IsSensitive = true }] },
        ["url"] = s => s with { Urls = [] },
        ["environment"] = s => s with { EnvironmentVariables = [new EnvironmentVariableSnapshot("A", "2", true)] },
        ["volume"] = s => s with { Volumes = [] },
        ["relationship"] = s => s with { Relationships = [] },
        ["command"] = s => s with { Commands = [s.Commands[0] with { State = ResourceCommandState.Disabled }] },
        ["health"] = s => s.Report(new HealthReportSnapshot("ready", HealthStatus.Unhealthy, null, null)),
        ["readiness"] = s => s with { Ready = Task.CompletedTask },
        ["run"] = s => s with { Run = 1 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Same_OneThingDiffers_IsFalse(string change) => Assert.False(SnapshotContent.Same(Full(), Changed[change](Full())));
}
