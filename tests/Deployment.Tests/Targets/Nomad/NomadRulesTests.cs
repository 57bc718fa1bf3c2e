using System.Text.Json;
using AspireDeploy.Model;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>Describes what <c>nomad job validate</c> would refuse; no registry has the program itself.</summary>
public class NomadRulesTests
{
    private const string Sound = """
        {"shop-api":[{"type":"service","datacenters":["*"],"group":{"api":[{
          "count":2,
          "network":[{"port":{"http":[{"to":8080}],"admin":[{"static":81,"to":81}],"log":[{"static":82,"to":82}]}}],
          "service":[{"name":"shop-api-http","provider":"nomad","port":"http","check":[{"type":"http","path":"/health","interval":"5s","timeout":"2s","on_update":"require_healthy","check_restart":[{"limit":3}]}]}],
          "update":[{"canary":2,"auto_promote":true,"min_healthy_time":"3s","healthy_deadline":"15m","progress_deadline":"20m"}],
          "restart":[{"attempts":3,"interval":"5m","delay":"5s","mode":"fail"}],
          "reschedule":[{"delay":"30s","delay_function":"exponential","max_delay":"5m","unlimited":true}],
          "scaling":[{"min":2,"max":5}],
          "volume":{"data":[{"type":"host","source":"shop-data","access_mode":"single-node-writer"}]},
          "task":{"api":[{"driver":"docker","kill_timeout":"30s","volume_mount":[{"volume":"data"}],"resources":[{"cpu":100,"memory":128,"memory_max":256}],
            "template":[{"destination":"local/a","data":"a","perms":"0400","wait":[{"min":"1s","max":"5s"}]},{"destination":"local/b","data":"b"}]}]}
        }]}}]}
        """;

    [Fact]
    public void Rules_ASoundJob_HasNothingAgainstIt() => Assert.Empty(Against(Sound));

    [Theory]
    [InlineData("\"require_healthy\"", "\"ignore\"", "check_restart where on_update is ignore")]
    [InlineData("\"interval\":\"5s\",\"timeout\":\"2s\"", "\"interval\":\"500ms\",\"timeout\":\"2s\"", "a check under a second")]
    [InlineData("\"port\":\"http\"", "\"port\":\"web\"", "the service's port web")]
    [InlineData("shop-api-http", "shop_api", "the service's name shop_api")]
    [InlineData("\"static\":82", "\"static\":81", "two static ports (, 81)")]
    [InlineData("\"canary\":2,", "", "auto_promote without a canary")]
    [InlineData("\"progress_deadline\":\"20m\"", "\"progress_deadline\":\"15m\"", "healthy_deadline beyond progress_deadline")]
    [InlineData("\"kill_timeout\":\"30s\"", "\"kill_timeout\":\"21m\"", "api: kill_timeout beyond progress_deadline")]
    [InlineData("\"type\":\"service\"", "\"type\":\"batch\"", "an update of a batch")]
    [InlineData("\"attempts\":3", "\"attempts\":61", "restart attempts beyond their interval")]
    [InlineData("\"delay\":\"30s\"", "\"delay\":\"4s\"", "reschedule delay under 5 s")]
    [InlineData("\"max_delay\":\"5m\"", "\"max_delay\":\"10s\"", "max_delay under delay")]
    [InlineData("\"max\":5", "\"max\":1", "a count beyond its scaling")]
    [InlineData("\"type\":\"host\"", "\"type\":\"csi\"", "volume data of CSI")]
    [InlineData("[{\"volume\":\"data\"}]", "[{\"volume\":\"other\"}]", "api: volume_mount other")]
    [InlineData("\"memory\":128", "\"memory\":9", "api: resources below the least")]
    [InlineData("\"memory_max\":256", "\"memory_max\":64", "api: memory_max under memory")]
    [InlineData("local/b", "local/a", "api: two templates at local/a")]
    [InlineData("\"data\":\"b\"", "\"data\":\"\"", "api: the template local/b is empty")]
    [InlineData("\"task\":{\"api\"", "\"task\":{\"alloc\"", "alloc: the name")]
    public void Rules_AJobThatNomadRefuses_SaySo(string sound, string broken, string complaint)
    {
        Assert.Contains(sound, Sound, StringComparison.Ordinal);
        Assert.Equal([$"shop-api.api: {complaint}"], Against(Sound.Replace(sound, broken, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("\"count\":2", "\"count\":\"2\"", "shop-api.group.count is \"2\"")]
    [InlineData("\"delay\":\"30s\"", "\"delay\":\"half a minute\"", "shop-api.group.reschedule.delay is \"half a minute\"")]
    [InlineData("\"to\":8080", "\"target\":8080", "shop-api.group.network.port.target")]
    public void Reference_WhatItHasnt_IsNamedWithItsPlace(string sound, string broken, string complaint) =>
        Assert.Equal(
            [complaint],
            NomadReference.Unknown(JsonSerializer.Deserialize<JsonElement>(Sound.Replace(sound, broken, StringComparison.Ordinal)))
        );

    [Theory]
    [MemberData(nameof(NomadCases.All), MemberType = typeof(NomadCases))]
    public void Write_ACase_IsWhatNomadTakes(string name) =>
        Assert.Empty(NomadSpecifications.OfCase(name).Jobs.SelectMany(NomadRules.Broken));

    [Fact]
    public void Write_WhatIsAtTheEdgeOfTheRules_IsWhatNomadTakes()
    {
        var api = new Workload
        {
            Name = "api",
            Image = new ImageReference("example/api", "1"),
            Restart = RestartPolicy.Always,
            Isolation = Isolation.DotNet,
            Ports = [new("http", 8080, "http")],
            Probes = new() { Readiness = new(new HttpProbe("http", "/health")), Liveness = new(new HttpProbe("http", "/alive")) },
            StopGracePeriod = TimeSpan.FromHours(2),
            Memory = new(Size.Mebibytes(10), Size.Mebibytes(10)),
            Cpu = new(0.0001m, null),
            Files = [new("/etc/empty", "")],
        };
        var job = api with
        {
            Name = "job",
            Kind = WorkloadKind.Job,
            Restart = new(RestartMode.OnFailure, MaxAttempts: 100_000),
            Ports = [],
            Probes = new(),
        };

        var specifications = NomadSpecifications.Of(
            new() { Name = "shop", Workloads = [api, job] },
            new AspireDeploy.Targets.Nomad.NomadTarget(new() { HostNetwork = "private" })
        );

        Assert.Empty(specifications.Jobs.SelectMany(NomadReference.Unknown));
        Assert.Empty(specifications.Jobs.SelectMany(NomadRules.Broken));
    }

    private static IEnumerable<string> Against(string job) => NomadRules.Broken(JsonSerializer.Deserialize<JsonElement>(job));
}
