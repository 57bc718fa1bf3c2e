using System.Text.Json;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;

namespace AspireDeploy.Tests.Targets.Nomad;

/// <summary>Each concept, in the specifications as HashiCorp's parser reads them.</summary>
public class NomadConceptTests
{
    public static TheoryData<string> Names => TargetCase.In(NomadCases.Folder);

    [Theory]
    [MemberData(nameof(NomadCases.All), MemberType = typeof(NomadCases))]
    public void Write_ACase_HasNothingThatTheReferenceHasnt(string name) =>
        Assert.Empty(NomadSpecifications.OfCase(name).Jobs.SelectMany(NomadReference.Unknown));

    [Theory]
    [MemberData(nameof(Names))]
    public void Write_ACase_IsOneJobForEachWorkloadWithItsValues(string name)
    {
        var plan = TargetCase.PlanOf(NomadCases.Folder, name);
        var specifications = NomadSpecifications.OfCase(name);

        Assert.All(plan.Workloads, workload =>
        {
            var (job, group, task) = (
                specifications.Job(workload.Label),
                specifications.Group(workload.Label),
                specifications.Task(workload.Label)
            );
            Assert.Equal(workload.IsJob ? "batch" : "service", Text(job, "type"));
            Assert.Equal(workload.Scale.Minimum, Number(group, "count"));
            Assert.Equal(workload.Memory?.Request.MebibytesRoundedUp ?? 300, Number(One(task, "resources"), "memory"));
            if (workload.Memory is { } memory)
                Assert.Equal(memory.Limit.MebibytesRoundedUp, Number(One(task, "resources"), "memory_max"));
            Assert.Equal(Durations.Print(workload.StopGracePeriod), Text(task, "kill_timeout"));
            var config = One(task, "config");
            Assert.Equal(workload.Isolation.ReadOnlyRoot, config.GetProperty("readonly_rootfs").GetBoolean());
            Assert.Equal(["all"], Texts(config, "cap_drop"));
            Assert.Equal(["no-new-privileges"], Texts(config, "security_opt"));
            if (workload.Isolation.UserId is { } user)
                Assert.Equal($"{user}:{workload.Isolation.GroupId}", Text(task, "user"));
            else
                Assert.False(task.TryGetProperty("user", out _), workload.Name);
            foreach (var port in workload.Ports)
                Assert.Equal(port.Number, Number(One(group, "network").GetProperty("port").GetProperty(port.Name)[0], "to"));
        });
    }

    [Fact]
    public void Values_ThatMeanSomethingToHclOrTemplates_AreWhatWasDeclared()
    {
        var task = NomadSpecifications.OfCase("nasty").Task("echo");
        var plan = TargetCase.PlanOf(NomadCases.Folder, "nasty").WorkloadNamed("echo");

        Assert.Equal(plan.Arguments.Select(static argument => argument.AsLiteral), Texts(One(task, "config"), "args"));
        foreach (var variable in One(task, "env").EnumerateObject())
            Assert.Equal(
                plan.Environment.First(each => each.Name == variable.Name).Value.AsLiteral,
                Unescaped(variable.Value.GetString()!)
            );
        var template = Unescaped(Text(One(task, "template"), "data"));
        Assert.Contains("BRACES=\"{{ \"{{\" }} x }} %{y} ${HOME}\"\n", template, StringComparison.Ordinal);
        Assert.Contains("DOLLAR=\"$HOME ${HOME} $$ $(HOME) $\"\n", template, StringComparison.Ordinal);
    }

    [Fact]
    public void Replicas_AreAllBesideTheOldBeforeThoseStop()
    {
        var update = One(NomadSpecifications.OfCase("solution").Group("api"), "update");

        Assert.Equal(3, Number(update, "canary"));
        Assert.True(update.GetProperty("auto_promote").GetBoolean());
        Assert.True(update.GetProperty("auto_revert").GetBoolean());
        Assert.Equal("checks", Text(update, "health_check"));
        Assert.False(One(NomadSpecifications.OfCase("solution").Group("postgres"), "update").TryGetProperty("canary", out _));
    }

    [Fact]
    public void Probes_AreChecks_AndLivenessRestarts()
    {
        var checks = One(NomadSpecifications.OfCase("solution").Group("api"), "service")
            .GetProperty("check")
            .EnumerateArray()
            .ToDictionary(static check => Text(check, "name"));

        Assert.Equal(("/health", "5s"), (Text(checks["ready"], "path"), Text(checks["ready"], "interval")));
        Assert.Equal("/alive", Text(checks["alive"], "path"));
        Assert.Equal(3, Number(One(checks["alive"], "check_restart"), "limit"));
    }

    [Fact]
    public void Restarts_AreInPlaceThenElsewhere_AsDeclared()
    {
        var specifications = NomadSpecifications.OfCase("restart");

        Assert.Equal(
            ("10s", "exponential", "5m"),
            (
                Text(One(specifications.Group("always"), "reschedule"), "delay"),
                Text(One(specifications.Group("always"), "reschedule"), "delay_function"),
                Text(One(specifications.Group("always"), "reschedule"), "max_delay")
            )
        );
        Assert.Equal(0, Number(One(specifications.Group("never"), "restart"), "attempts"));
        Assert.False(One(specifications.Group("never"), "reschedule").GetProperty("unlimited").GetBoolean());
        Assert.Equal(5, Number(One(specifications.Group("tries"), "restart"), "attempts"));
        Assert.Equal(0, Number(One(specifications.Group("once"), "restart"), "attempts"));
    }

    [Fact]
    public void Job_IsABatchThatTheOthersTaskWaitsFor()
    {
        var wait = NomadSpecifications.OfCase("solution").Task("api", "wait");
        var script = Text(One(wait, "template"), "data");

        Assert.Equal("prestart", Text(One(wait, "lifecycle"), "hook"));
        Assert.Contains("nomadVar \"nomad/jobs/shop-api/api\"", script, StringComparison.Ordinal);
        Assert.Contains("\"shop-cache-tcp\"", script, StringComparison.Ordinal);
        var hash = Assert.Single(script.Split('*').Select(static part => part.Trim(' ', '"')), static part =>
            part.Length == 8 && part.All(char.IsAsciiHexDigit)
        );
        var deploy = Publication
            .Create(TargetCase.PlanOf(NomadCases.Folder, "solution"), NomadCases.TargetOf("solution"), [])
            .Files.Single(static file => file.Path == "deploy.sh")
            .Content;
        Assert.Contains($"completed nomad/jobs/shop-api/api MIGRATOR {hash}\n", deploy, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_AreReadFromTheJobsOwnVariableIntoFilesForItsUser()
    {
        var template = NomadSpecifications
            .OfCase("solution")
            .Task("migrator")
            .GetProperty("template")
            .EnumerateArray()
            .Single(static template => Text(template, "destination") == "secrets/files/ConnectionStrings__catalog");

        Assert.Equal(("0400", 1654), (Text(template, "perms"), Number(template, "uid")));
        Assert.Contains(
            "Password={{ with nomadVar \"nomad/jobs/shop-migrator\" }}{{ .POSTGRES_PASSWORD }}{{ end }}",
            Text(template, "data"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            One(NomadSpecifications.OfCase("solution").Task("migrator"), "config").GetProperty("mount").EnumerateArray(),
            static mount =>
                Text(mount, "target") == "/run/secrets"
                && Text(mount, "source") == "secrets/files"
                && mount.GetProperty("readonly").GetBoolean()
        );
    }

    [Fact]
    public void Replicas_AreSpreadOverClients_AndOneThatStopsFirstKeepsItsPort()
    {
        var specifications = NomadSpecifications.OfCase("solution");

        Assert.Equal("${node.unique.id}", Text(One(specifications.Group("api"), "spread"), "attribute"));
        Assert.Equal("5s", Text(specifications.Group("api"), "shutdown_delay"));
        Assert.False(Port("api", "http").TryGetProperty("static", out _));
        Assert.False(specifications.Group("postgres").TryGetProperty("spread", out _));
        Assert.False(specifications.Group("postgres").TryGetProperty("shutdown_delay", out _));
        Assert.InRange(Number(Port("postgres", "tcp"), "static"), 10_000, 19_999);

        JsonElement Port(string workload, string port) =>
            One(specifications.Group(workload), "network").GetProperty("port").GetProperty(port)[0];
    }

    [Fact]
    public void ANeighbourThatMoves_StartsATaskAgainByOneTemplateAlone()
    {
        var templates = NomadSpecifications.OfCase("solution").Task("api").GetProperty("template").EnumerateArray().ToList();

        Assert.Equal(
            ("local/started-with", "restart", "10s", "5s"),
            (
                Text(templates[0], "destination"),
                Text(templates[0], "change_mode"),
                Text(templates[0], "splay"),
                Text(One(templates[0], "wait"), "min")
            )
        );
        Assert.Equal(
            """
            {{ range nomadService 1 (env "NOMAD_ALLOC_ID") "shop-cache-tcp" }}{{ .Address }}:{{ .Port }}{{ end }}
            {{ range nomadService 1 (env "NOMAD_ALLOC_ID") "shop-postgres-tcp" }}{{ .Address }}:{{ .Port }}{{ end }}
            {{ with nomadVar "nomad/jobs/shop-api" }}{{ .CACHE_PASSWORD.Value | sha256Hex }} {{ .POSTGRES_PASSWORD.Value | sha256Hex }}{{ end }}

            """,
            Text(templates[0], "data")
        );
        Assert.All(templates.Skip(1), static template => Assert.Equal("noop", Text(template, "change_mode")));
    }

    [Theory]
    [MemberData(nameof(NomadCases.All), MemberType = typeof(NomadCases))]
    public void Write_ACase_HasAtMostOneTemplateThatStartsATaskAgain(string name) =>
        Assert.All(NomadSpecifications.OfCase(name).Tasks, static task =>
            Assert.InRange(
                task.TryGetProperty("template", out var templates)
                    ? templates
                        .EnumerateArray()
                        .Count(static template =>
                            !template.TryGetProperty("change_mode", out var mode)
                                ? Text(template, "data").Contains("{{ with", StringComparison.Ordinal)
                                    || Text(template, "data").Contains("{{ range", StringComparison.Ordinal)
                                : mode.GetString() == "restart"
                        )
                    : 0,
                0,
                1
            )
        );

    [Fact]
    public void Policy_AllowsWhatADeploymentDoes()
    {
        var policy = Publication
            .Create(TargetCase.PlanOf(NomadCases.Folder, "solution"), NomadCases.TargetOf("solution"), [])
            .Files.Single(static file => file.Path == "acl-policy.hcl")
            .Content;

        Assert.Equal(
            """
            # What a token must be allowed to deploy shop: nomad acl policy apply shop acl-policy.hcl
            # Made by publishing: change the AppHost, not this file.
            namespace "default" {
              policy = "write"
              capabilities = ["host-volume-delete"]

              variables {
                path "nomad/jobs/shop-*" {
                  capabilities = ["list", "read", "write", "destroy"]
                }
              }
            }

            node {
              policy = "read"
            }

            host_volume "shop-*" {
              policy = "write"
            }

            """,
            policy
        );
    }

    [Fact]
    public void Data_IsAVolumeForItsUser()
    {
        var specifications = NomadSpecifications.OfCase("solution");
        var volume = specifications.Group("postgres").GetProperty("volume").GetProperty("shop-postgres-data")[0];

        Assert.Equal(
            ("host", "shop-shop-postgres-data", "single-node-writer"),
            (Text(volume, "type"), Text(volume, "source"), Text(volume, "access_mode"))
        );
        Assert.Equal(
            ("shop-postgres-data", "/var/lib/postgresql"),
            (
                Text(One(specifications.Task("postgres"), "volume_mount"), "volume"),
                Text(One(specifications.Task("postgres"), "volume_mount"), "destination")
            )
        );
        var made = specifications.Volume("shop-postgres-data");
        Assert.Equal(
            ("shop-shop-postgres-data", "mkdir", 999),
            (Text(made, "name"), Text(made, "plugin_id"), Number(One(made, "parameters"), "uid"))
        );
    }

    [Fact]
    public void Gateway_AsksEveryReplicaThatNomadNames()
    {
        var caddyfile = Text(One(NomadSpecifications.OfCase("solution").Task("gateway"), "template"), "data");

        Assert.Contains("{{ range nomadService \"shop-api-http\" }}to {{ .Address }}:{{ .Port }}", caddyfile, StringComparison.Ordinal);
        Assert.Contains("health_uri /health", caddyfile, StringComparison.Ordinal);
        Assert.Contains("https://shop.example.com {", caddyfile, StringComparison.Ordinal);
        Assert.Equal(
            443,
            Number(
                One(NomadSpecifications.OfCase("solution").Group("gateway"), "network").GetProperty("port").GetProperty("https")[0],
                "static"
            )
        );
    }

    [Fact]
    public void Gateway_OfATraefik_IsTagsOfTheService() =>
        Assert.Contains(
            "traefik.http.routers.shop-api-df3b029c.rule=Host(`shop.example.com`)",
            Texts(One(NomadSpecifications.OfCase("traefik").Group("api"), "service"), "tags")
        );

    [Fact]
    public void Autoscale_IsAPolicyForTheAutoscaler()
    {
        var scaling = One(NomadSpecifications.OfCase("autoscale").Group("api"), "scaling");

        Assert.Equal((2, 10), (Number(scaling, "min"), Number(scaling, "max")));
        Assert.Equal(
            70,
            Number(
                One(scaling, "policy").GetProperty("check").GetProperty("cpu")[0].GetProperty("strategy").GetProperty("target-value")[0],
                "target"
            )
        );
    }

    [Fact]
    public void Concepts_OfTheSolution_AreAllCarried() =>
        Assert.All(NomadCases.TargetOf("solution").Concepts.Judge(TargetCase.PlanOf(NomadCases.Folder, "solution")), static result =>
            Assert.IsType<Supported>(result.Outcome)
        );

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        static Publication Publish() =>
            Publication.Create(TargetCase.PlanOf(NomadCases.Folder, "solution"), NomadCases.TargetOf("solution"), []);

        Assert.Equal(Publish().Files, Publish().Files);
    }

    private static JsonElement One(JsonElement body, string block) => Assert.Single(body.GetProperty(block).EnumerateArray());

    private static string Text(JsonElement body, string field) => body.GetProperty(field).GetString()!;

    private static string?[] Texts(JsonElement body, string field) =>
        [.. body.GetProperty(field).EnumerateArray().Select(static each => each.GetString())];

    private static int Number(JsonElement body, string field) => body.GetProperty(field).GetInt32();

    // The parser leaves templates in a text as they are written, a doubled mark included.
    private static string Unescaped(string text) =>
        text.Replace("$${", "${", StringComparison.Ordinal).Replace("%%{", "%{", StringComparison.Ordinal);
}
