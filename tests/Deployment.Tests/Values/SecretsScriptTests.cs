using System.Text.Json;
using AspireDeploy.Engines;
using AspireDeploy.Model;
using AspireDeploy.Targets;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Kubernetes;
using AspireDeploy.Targets.Swarm;
using Npgsql;

namespace AspireDeploy.Tests.Values;

/// <summary>A chosen secret's way into what a program reads: through <c>secrets.sh</c> into a file, and to the parser at the end.</summary>
public sealed class SecretsScriptTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    private static DeploymentPlan Plan(Template file, Template? variable = null) =>
        new()
        {
            Name = "shop",
            Secrets = [new("key", Description: "@FILES@ $(touch ran) 'x'")],
            Workloads =
            [
                new()
                {
                    Name = "api",
                    Image = new ImageReference("example/api", "1"),
                    Restart = new(RestartMode.Always),
                    SecretFiles = [new("/run/secrets/url", file)],
                    Environment = variable is null ? [] : [new("KEY", variable)],
                },
            ],
        };

    // One secret, file and variable for each value, so that the script runs once for all of them.
    private static DeploymentPlan PlanOf(int count, Func<int, Template> file, Func<int, Template>? variable = null) =>
        new()
        {
            Name = "shop",
            Secrets = Enumerable.Range(0, count).Select(static index => new Secret($"key{index}")).ToEquatableArray(),
            Parameters = Enumerable.Range(0, count).Select(static index => new Parameter($"setting{index}", "a b")).ToEquatableArray(),
            Workloads =
            [
                new()
                {
                    Name = "api",
                    Image = new ImageReference("example/api", "1"),
                    Restart = new(RestartMode.Always),
                    SecretFiles = Enumerable
                        .Range(0, count)
                        .Select(index => new SecretFile($"/run/secrets/url{index}", file(index)))
                        .ToEquatableArray(),
                    Environment = variable is null
                        ? []
                        : Enumerable
                            .Range(0, count)
                            .Select(index => new EnvironmentVariable($"KEY{index}", variable(index)))
                            .ToEquatableArray(),
                },
            ],
        };

    private static SecretReference Key(int index, ValueEncoding encoding = ValueEncoding.None) => new($"key{index}", encoding);

    public static TheoryData<string> Targets => ["compose", "kubernetes"];

    private static ITarget Target(string name) =>
        name switch
        {
            "compose" => new ComposeTarget(),
            "swarm" => new SwarmTarget(),
            _ => new KubernetesTarget(),
        };

    [Fact]
    public void Generate_EverySecret_HasACapitalASmallLetterAndADigit()
    {
        // One of fifty of eight letters has no digit by chance, or more.
        _folder.Publish(
            PlanOf(0, static _ => []) with
            {
                Secrets = Enumerable
                    .Range(0, 60)
                    .Select(static index => new Secret($"key{index}", new SecretGeneration(8)))
                    .ToEquatableArray(),
            },
            Target("kubernetes")
        );

        _folder.MakeSecrets();

        Assert.All(Enumerable.Range(0, 60).Select(index => _folder.Read($"secrets/key{index}")), static secret =>
            Assert.Matches("^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9]{8}$", secret)
        );
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Compose_ASecretAlone_IsTheFile(string target) =>
        Each(target, static index => [Key(index)], (secret, file) => Assert.Equal(secret, file));

    [Theory]
    [MemberData(nameof(Targets))]
    public void Compose_APasswordInAConnectionString_IsWhatNpgsqlReads(string target) =>
        Each(
            target,
            static index => [new Literal("Host=db;Password="), Key(index, ValueEncoding.ConnectionValue), new Literal(";Database=shop")],
            (secret, file) =>
            {
                var read = new NpgsqlConnectionStringBuilder(file);
                Assert.Equal(("db", secret, "shop"), (read.Host, read.Password, read.Database));
            }
        );

    [Theory]
    [MemberData(nameof(Targets))]
    public void TwoRuns_AtOnce_AgreeOnEverySecret(string target)
    {
        const int Count = 12;
        var plan = PlanOf(Count, static index => [new Literal("Password="), Key(index)]);
        _folder.Publish(
            plan with
            {
                Secrets = plan.Secrets.Select(static secret => secret with { Generation = new(24) }).ToEquatableArray(),
            },
            Target(target)
        );
        const string Both =
            "sed 's/^give_away$/:/' secrets.sh >run.sh; for round in 1 2 3 4 5; do rm -rf secrets; sh ./run.sh & sh ./run.sh || "
            + "exit 1; wait $! || exit 1; "
            + "for file in secrets/mounted/api/url*; do [ \"$(cat \"$file\")\" = \"Password=$(cat \"secrets/key${file##*url}\")\" ] "
            + "|| exit 3; done; "
            + "[ \"$(for file in secrets/key*; do cat \"$file\"; echo; done | grep -x '.\\{24\\}' | sort -u | wc -l)\" -eq 12 ] || "
            + "exit 4; done; ls -A secrets";

        var (code, output, errors) = _folder.Run("/bin/sh", ["-c", Both]);

        Assert.True(code == 0, $"{code}: {output}{errors}");
        Assert.DoesNotContain(".work", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ask_InterruptedAtATerminal_GivesTheEchoBack_AndMakesNothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "The terminal is util-linux's 'script'.");
        _folder.Publish(Plan("x"), Target("compose"));
        // The key Ctrl+C, once it is asked for.
        const string Typed =
            "until grep -q 'key (' shown 2>/dev/null; do sleep 0.1; done; printf '\\003'; until grep -q ended shown; do sleep 0.1; done";
        const string Asked = "script -qfec 'trap : INT; sh ./secrets.sh; echo \"ended with $?\"; stty -a' shown";

        var (code, _, errors) = _folder.Run("/bin/sh", ["-c", $"{{ {Typed}; }} | {Asked} && cat shown >&2"]);

        Assert.Equal(0, code);
        Assert.Contains("ended with 130", errors, StringComparison.Ordinal);
        Assert.Matches(@" echo\b", errors);
        Assert.DoesNotMatch(@" -echo\b", errors);
        Assert.Equal(1, _folder.Run("/bin/sh", ["-c", "test -e secrets/key"]).Code);
    }

    [Fact]
    public void Scripts_WhereCdpathLeadsElsewhere_ActInTheirOwnFolder()
    {
        _folder.Publish(Plan("x"), Target("kubernetes"));
        _folder.Write("sub/secrets/key", "sesame");
        _folder.Write("elsewhere/sub/keep", "");

        var (code, output, errors) = _folder.Run(
            "/bin/sh",
            ["-c", "cp secrets.sh sub/ && CDPATH=\"$PWD/elsewhere\" sh sub/secrets.sh && ls -A elsewhere/sub"]
        );

        Assert.Equal((0, "keep\n"), (code, output));
        Assert.Empty(errors);
    }

    [Fact]
    public void Destroy_WithAnotherProjectInTheEnvironment_IsOfItsOwnProject()
    {
        _folder.Publish(Plan("x"), Target("compose"));
        _folder.Write("bin/docker", "#!/bin/sh\necho \"${COMPOSE_PROJECT_NAME-}${COMPOSE_FILE-}|$*\" >>calls\n");

        var (code, _, errors) = _folder.Run(
            "/bin/sh",
            ["-c", "chmod +x bin/docker && PATH=\"$PWD/bin:$PATH\" sh ./destroy.sh"],
            ("COMPOSE_PROJECT_NAME", "production"),
            ("COMPOSE_FILE", "/srv/production/compose.yaml")
        );

        Assert.True(code == 0, errors);
        var calls = _folder.Read("calls").TrimEnd().Split('\n');
        Assert.Equal("|context show", calls[0]);
        Assert.All(calls[1..], call => Assert.StartsWith("|compose ", call, StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_APasswordInAUri_IsWhatAReaderDecodes() =>
        Each(
            "compose",
            static index => [new Literal("redis://:"), Key(index, ValueEncoding.Uri), new Literal("@cache:6379")],
            (secret, file) => Assert.Equal(secret, Uri.UnescapeDataString(new Uri(file).UserInfo[1..]))
        );

    [Fact]
    public void Compose_APasswordInRedisSettings_IsOneWordOfOneLine() =>
        Each(
            "compose",
            static index => [new Literal("requirepass \""), Key(index, ValueEncoding.RedisWord), new Literal("\"\n")],
            (secret, file) =>
            {
                Assert.Matches(@"\Arequirepass ""(\\x[0-9a-f]{2})+""\n\z", file);
                Assert.Equal(
                    secret,
                    System.Text.Encoding.UTF8.GetString(
                        Convert.FromHexString(file["requirepass \"".Length..^2].Replace("\\x", "", StringComparison.Ordinal))
                    )
                );
            }
        );

    [Fact]
    public void Compose_SecretsAsVariables_AreWhatDockerComposeReads()
    {
        var values = HostileValues.All;
        _folder.Publish(
            PlanOf(values.Count, static _ => "", static index => [new Literal("it's \"$x\" "), Key(index), new Literal("\\")]),
            Target("compose")
        );
        Choose(values);
        _folder.Write("read.yaml", "name: x\nservices:\n  s:\n    image: x\n    env_file: [secrets/mounted/api/environment]\n");
        _folder.MakeSecrets();
        var (code, output, errors) = _folder.Compose("--file", "read.yaml", "config", "--format", "json");
        Assert.True(code == 0, errors);
        var variables = JsonDocument.Parse(output).RootElement.GetProperty("services").GetProperty("s").GetProperty("environment");
        Assert.Equal(values.Count, variables.EnumerateObject().Count());
        Assert.All(values.Index(), each =>
            Assert.Equal(
                $"it's \"$x\" {each.Item}\\",
                variables.GetProperty($"KEY{each.Index}").GetString()!.Replace("$$", "$", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void Compose_SecretsAsVariablesOfSwarm_AreOneLineEach_WithoutTemplates()
    {
        var values = HostileValues.OfOneLine;
        _folder.Publish(PlanOf(values.Count, static _ => "", static index => [Key(index)]), Target("swarm"));
        Choose(values);
        _folder.MakeSecrets();
        Assert.Equal(
            values.Index().Select(static each => $"KEY{each.Index}={each.Item.Replace("{{", "{{\"{{\"}}", StringComparison.Ordinal)}"),
            _folder.Read("secrets/mounted/api/environment").Split('\n')[..^1]
        );
    }

    [Fact]
    public void Compose_AVariableOfSeveralLinesForSwarm_IsRefused()
    {
        _folder.Publish(Plan("", [new SecretReference("key")]), Target("swarm"));
        _folder.Write("secrets/key", "a\nEVIL=1");
        Assert.Equal(
            (
                1,
                "A secret that is given as an environment variable has several lines, which Swarm can't pass on: choose one of one line.\n"
            ),
            Refused()
        );
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData(" a")]
    [InlineData("a\t")]
    public void Compose_APasswordThatRedisListCannotCarry_IsRefused(string secret)
    {
        _folder.Publish(Plan([new Literal("cache:6379,password="), new SecretReference("key", ValueEncoding.ListItem)]), Target("compose"));
        _folder.Write("secrets/key", secret);
        Assert.Equal(
            (
                1,
                "secrets/key has a comma, or a blank at its beginning or end, which Redis' connection string can't carry: choose another.\n"
            ),
            Refused()
        );
    }

    [Fact]
    public void Compose_ASettingAsItIsChosen_StandsInTheFile()
    {
        var values = HostileValues.All;
        _folder.Publish(
            PlanOf(values.Count, static index => [new ParameterReference($"setting{index}"), new Literal("@"), Key(index)]),
            Target("compose")
        );
        Choose([.. values.Select(static _ => "k")]);
        _folder.Write(
            ".env",
            string.Concat(values.Select(static (value, index) => $"SETTING{index}={AspireDeploy.Targets.Shared.DotEnv.Quote(value)}\n"))
        );
        _folder.MakeSecrets();
        Assert.All(values.Index(), each => Assert.Equal($"{each.Item}@k", _folder.Read($"secrets/mounted/api/url{each.Index}")));
    }

    [Fact]
    public void Write_ADescriptionThatLooksLikeAPlaceOrACommand_IsOnlyShown()
    {
        _folder.Publish(Plan([new SecretReference("key")]), Target("compose"));
        Assert.Equal(
            (1, "secrets/key is missing: @FILES@ $(touch ran) 'x'. Put its value into that file, readable for you alone.\n"),
            Refused()
        );
    }

    [Theory]
    [InlineData("tr")]
    [InlineData("head")]
    [InlineData("od")]
    public void Generate_AToolIsMissing_MakesNothingAndSaysSo(string tool)
    {
        var plan = Plan([new SecretReference("key")]);
        _folder.Publish(plan with { Secrets = [new("key", new SecretGeneration())] }, Target("swarm"));
        var (code, _, errors) = _folder.Run(
            "/bin/sh",
            [
                "-c",
                $"mkdir bin; for p in awk cat chmod cmp cut dirname head ln ls mkdir mv od rm sed sh tail tr wc; do [ $p = {tool} ] "
                    + "|| ln -s \"$(command -v $p)\" bin/; done; PATH=$PWD/bin exec sh ./secrets.sh",
            ]
        );
        Assert.Equal((1, $"There is no {tool}, which secrets are made with: install it.\n"), (code, errors));
        Assert.Equal(1, _folder.Run("test", ["-e", "secrets/key"]).Code);
    }

    public void Dispose() => _folder.Dispose();

    private (int Code, string Errors) Refused()
    {
        var (code, _, errors) = _folder.Run("/bin/sh", ["./secrets.sh"]);
        return (code, errors);
    }

    private void Each(string target, Func<int, Template> content, Action<string, string> check)
    {
        var values = HostileValues.All;
        _folder.Publish(PlanOf(values.Count, content), Target(target));
        Choose(values);
        _folder.MakeSecrets();
        Assert.All(values.Index(), each => check(each.Item, _folder.Read($"secrets/mounted/api/url{each.Index}")));
    }

    private void Choose(IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
            _folder.Write($"secrets/key{i}", values[i]);
    }
}
