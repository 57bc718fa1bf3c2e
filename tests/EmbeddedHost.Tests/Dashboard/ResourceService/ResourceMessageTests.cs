using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbeddedHost.Tests.Dashboard.ResourceService;

public class ResourceMessageTests
{
    private static readonly DateTime FirstSeen = new(2026, 11, 23, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void From_Replica_CarriesUniqueAndDisplayName()
    {
        var message = Message(new() { ResourceType = "Project", Properties = [] });

        Assert.Equal("api-abcdefgh", message.Name);
        Assert.Equal("api-abcdefgh", message.Uid);
        Assert.Equal("api", message.DisplayName);
        Assert.Equal("Project", message.ResourceType);
    }

    [Fact]
    public void From_StateWithStyle_CarriesBoth()
    {
        var message = Message(new() { ResourceType = "Project", Properties = [], State = new("FailedToStart", "error"), ExitCode = 139 });

        Assert.Equal(("FailedToStart", "error"), (message.State, message.StateStyle));
        Assert.Equal("139", Property(message, "resource.exitCode").Value.StringValue);
    }

    [Fact]
    public void From_NoTimes_CreatedWhenFirstSeen()
    {
        var message = Message(new() { ResourceType = "Project", Properties = [] });

        Assert.Equal(FirstSeen, message.CreatedAt.ToDateTime());
        Assert.Null(message.StartedAt);
        Assert.Null(message.StoppedAt);
    }

    [Fact]
    public void From_Times_AreUtc()
    {
        var message = Message(new()
        {
            ResourceType = "Project",
            Properties = [],
            CreationTimeStamp = FirstSeen.AddSeconds(1),
            StartTimeStamp = DateTime.SpecifyKind(FirstSeen.AddSeconds(2), DateTimeKind.Unspecified),
            StopTimeStamp = FirstSeen.AddSeconds(3).ToLocalTime(),
        });

        Assert.Equal(FirstSeen.AddSeconds(1), message.CreatedAt.ToDateTime());
        Assert.Equal(FirstSeen.AddSeconds(2), message.StartedAt.ToDateTime());
        Assert.Equal(FirstSeen.AddSeconds(3), message.StoppedAt.ToDateTime());
    }

    [Fact]
    public void From_Properties_KeepSensitivityOrderAndLists()
    {
        var message = Message(new()
        {
            ResourceType = "Container",
            Properties =
            [
                new("resource.connectionString", "Host=localhost;Password=hush") { IsSensitive = true },
                new("container.ports", ImmutableArray.Create(5432, 5433)) { DisplayName = "Ports", IsHighlighted = true, SortOrder = 4 },
                new("resource.appArgs", default(ImmutableArray<string>)),
                new("container.image", null),
                new("executable.pid", 4711),
            ],
        });

        Assert.True(Property(message, "resource.connectionString").IsSensitive);
        Assert.Equal("Host=localhost;Password=hush", Property(message, "resource.connectionString").Value.StringValue);
        var ports = Property(message, "container.ports");
        Assert.Equal(("Ports", true, 4, false), (ports.DisplayName, ports.IsHighlighted, ports.SortOrder, ports.IsSensitive));
        Assert.Equal([5432, 5433], ports.Value.ListValue.Values.Select(v => v.NumberValue));
        Assert.Empty(Property(message, "resource.appArgs").Value.ListValue.Values);
        Assert.Equal(Value.KindOneofCase.NullValue, Property(message, "container.image").Value.KindCase);
        Assert.Equal(4711, Property(message, "executable.pid").Value.NumberValue);
    }

    [Fact]
    public void From_Urls_CarryEndpointDisplayAndFlags()
    {
        var message = Message(new()
        {
            ResourceType = "Project",
            Properties = [],
            Urls =
            [
                new("http", "http://localhost:5080", IsInternal: false) { DisplayProperties = new("Items", 2) },
                new(null, "tcp://localhost:5432", IsInternal: true) { IsInactive = true },
            ],
        });

        Assert.Equal(("http", "http://localhost:5080", false, false, "Items", 2), Flat(message.Urls[0]));
        Assert.Equal(("", "tcp://localhost:5432", true, true, "", 0), Flat(message.Urls[1]));

        static (string, string, bool, bool, string, int) Flat(Aspire.Hosting.Dashboard.Protocol.Url url) =>
            (url.EndpointName, url.FullUrl, url.IsInternal, url.IsInactive, url.DisplayProperties.DisplayName, url.DisplayProperties.SortOrder);
    }

    [Fact]
    public void From_Commands_OnlyThoseForThePage()
    {
        var message = Message(new()
        {
            ResourceType = "Project",
            Properties = [],
            Commands =
            [
                new("restart", ResourceCommandState.Disabled, "Restart", "Stops it and starts it again", null, "Sure?", "ArrowCounterclockwise", IconVariant.Filled, IsHighlighted: true),
                new("hidden", ResourceCommandState.Enabled, "Hidden", null, null, null, null, null, IsHighlighted: false) { Visibility = ResourceCommandVisibility.Api },
            ],
        });

        var command = Assert.Single(message.Commands);
        Assert.Equal(("restart", "Restart", "Stops it and starts it again", "Sure?"), (command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage));
        Assert.Equal(("ArrowCounterclockwise", Aspire.Hosting.Dashboard.Protocol.IconVariant.Filled, true), (command.IconName, command.IconVariant, command.IsHighlighted));
        Assert.Equal(Aspire.Hosting.Dashboard.Protocol.ResourceCommandState.Disabled, command.State);
    }

    [Fact]
    public void From_HealthReports_UnrunHasNoStatus()
    {
        var ran = FirstSeen.AddMinutes(1);
        var snapshot = new CustomResourceSnapshot { ResourceType = "Project", Properties = [], State = "Running" } with
        {
            HealthReports =
            [
                new("ready", HealthStatus.Degraded, "slow", "System.TimeoutException") { LastRunAt = ran },
                new("later", null, null, null),
            ],
        };
        var message = Message(snapshot);

        Assert.Equal(("ready", "slow", "System.TimeoutException"), (message.HealthReports[0].Key, message.HealthReports[0].Description, message.HealthReports[0].Exception));
        Assert.Equal(Aspire.Hosting.Dashboard.Protocol.HealthStatus.Degraded, message.HealthReports[0].Status);
        Assert.Equal(ran, message.HealthReports[0].LastRunAt.ToDateTime());
        Assert.False(message.HealthReports[1].HasStatus);
        Assert.Equal(snapshot.HealthStatus.ToString(), Property(message, "resource.healthState").Value.StringValue);
    }

    [Fact]
    public void From_EnvironmentVolumesRelationshipsIcon_AreCarried()
    {
        var message = Message(new()
        {
            ResourceType = "Container",
            Properties = [],
            IsHidden = true,
            IconName = "Database",
            IconVariant = IconVariant.Filled,
            EnvironmentVariables = [new("POSTGRES_PASSWORD", "hush", IsFromSpec: true), new("PATH", null, IsFromSpec: false)],
            Volumes = [new(null, "/data", "volume", IsReadOnly: true)],
            Relationships = [new("postgres", "Parent")],
        });

        Assert.Equal([("POSTGRES_PASSWORD", "hush", true), ("PATH", "", false)], message.Environment.Select(v => (v.Name, v.Value, v.IsFromSpec)));
        Assert.Equal([("", "/data", "volume", true)], message.Volumes.Select(v => (v.Source, v.Target, v.MountType, v.IsReadOnly)));
        Assert.Equal([("postgres", "Parent")], message.Relationships.Select(r => (r.ResourceName, r.Type)));
        Assert.Equal((true, "Database", Aspire.Hosting.Dashboard.Protocol.IconVariant.Filled), (message.IsHidden, message.IconName, message.IconVariant));
    }

    private static Aspire.Hosting.Dashboard.Protocol.Resource Message(CustomResourceSnapshot snapshot) =>
        ResourceMessage.From(new ResourceEvent(new FakeResource("api"), "api-abcdefgh", snapshot), FirstSeen);

    private static Aspire.Hosting.Dashboard.Protocol.ResourceProperty Property(Aspire.Hosting.Dashboard.Protocol.Resource message, string name) =>
        Assert.Single(message.Properties, p => p.Name == name);
}
