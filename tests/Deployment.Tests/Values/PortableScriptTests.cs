using System.Reflection;
using System.Text.RegularExpressions;
using AspireDeploy.Model;
using AspireDeploy.Targets.Compose;
using AspireDeploy.Targets.Kubernetes;

namespace AspireDeploy.Tests.Values;

/// <summary>
/// Scripts run wherever there is a POSIX shell: with GNU's tools, busybox' and BSD's, over folders that people have made.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class PortableScriptTests : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Scripts that a module of Azure's holds run in images that are known.
    public static TheoryData<string> Scripts =>
        [
            .. Library
                .GetManifestResourceNames()
                .Where(static name => name.EndsWith(".sh", StringComparison.Ordinal) && !InModules.Contains(name))
                .Order(StringComparer.Ordinal),
        ];

    private static readonly string[] InModules = ["Azure/end-revisions.sh", "Azure/hold-data.sh", "Azure/request.sh", "Azure/run-job.sh"];

    private static Assembly Library => typeof(ComposeTarget).Assembly;

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_UsesNothingThatOnlyOneSystemsToolsKnow(string name)
    {
        using var reader = new StreamReader(Library.GetManifestResourceStream(name)!);
        Assert.DoesNotContain(reader.ReadToEnd().Split('\n'), static line => OfOneSystem().IsMatch(line));
    }

    [Fact]
    public void Secrets_InAFolderThatIsOpenToAll_AreClosed()
    {
        Publish("compose");
        _folder.Write("secrets/key", "sesame");

        var (code, output, errors) = _folder.Run(
            "/bin/sh",
            [
                "-c",
                "mkdir -p secrets/mounted; chmod 777 secrets secrets/mounted; chmod 644 secrets/key; sed 's/^give_away$/:/' "
                    + "secrets.sh >run.sh && sh ./run.sh && for each in secrets secrets/mounted secrets/key; do ls -ld $each | cut "
                    + "-c 1-10; done",
            ]
        );

        Assert.Equal((0, "drwx------\ndrwx------\n-rw-------\n"), (code, output));
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(
        "0644",
        "secrets/key can't be read by you alone, and its mode can't be changed: put a copy of your own in its place, readable for "
            + "you alone.\n"
    )]
    [InlineData("0400", null)]
    public void Secrets_ALinkToAFileThatCannotBeChanged_IsTakenIfItIsPrivate_OrToldPlainly(string mode, string? refusal)
    {
        Publish("kubernetes");
        // Not even root changes the mode; a program in chmod's place says so, as a file system that is read-only would.
        _folder.Write(
            "bin/chmod",
            "#!/bin/sh\ncase $* in *key*) echo 'chmod: Operation not permitted' >&2; exit 1 ;; *) exec "
                + $"{Path.GetFullPath("/bin/chmod")} \"$@\" ;; esac\n"
        );
        _folder.Write("theirs", "sesame");

        var (code, _, errors) = _folder.Run(
            "/bin/sh",
            [
                "-c",
                $"chmod {mode} theirs; mkdir secrets; ln -s ../theirs secrets/key; /bin/chmod +x bin/chmod; PATH=$PWD/bin:$PATH sh "
                    + "./secrets.sh",
            ]
        );

        Assert.Equal((refusal is null ? 0 : 1, refusal ?? ""), (code, errors));
    }

    [Fact]
    public void Script_InAFolderNamedAsTheOneBefore_RunsThere()
    {
        Publish("kubernetes");
        _folder.Write("-/secrets/key", "sesame");

        var (code, output, errors) = _folder.Run(
            "/bin/sh",
            ["-c", "cp secrets.sh ./-/; OLDPWD=/; export OLDPWD; sh -- -/secrets.sh && [ -d ./-/secrets/mounted ] && [ ! -e /secrets ]"]
        );

        Assert.Equal((0, "", ""), (code, output, errors));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a,b c")]
    public void GiveAway_FromAFolderWithAnOddName_NamesItWhole(string name)
    {
        Publish("compose");
        _folder.Write("secrets/key", "sesame");
        _folder.Write("bin/docker", "#!/bin/sh\nprintf '%s\\n' \"$@\" >>\"$CALLS\"\n");
        _folder.Write("bin/id", "#!/bin/sh\necho 1000\n");

        var (code, output, errors) = _folder.Run(
            "/bin/sh",
            [
                "-c",
                $"chmod +x bin/*; top=$PWD; mkdir '{name}'; cp -R secrets secrets.sh '{name}'; cd '{name}'; CALLS=$top/calls "
                    + "PATH=$top/bin:$PATH; export CALLS PATH; sh ./secrets.sh && pwd",
            ]
        );

        Assert.True(code == 0, errors);
        Assert.Contains(
            $"type=bind,\"source={output.TrimEnd()}/secrets/mounted\",target=/mounted\n",
            _folder.Read("calls"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("swarm")]
    public void Deploy_WithoutSha256sum_SaysSo(string target)
    {
        Publish(target);

        var (code, _, errors) = _folder.Run(
            "/bin/sh",
            [
                "-c",
                "mkdir bin; for p in awk cat cut date dirname head sed sh tail tr uname; do ln -s \"$(command -v $p)\" bin/; done; "
                    + "PATH=$PWD/bin exec sh ./deploy.sh",
            ]
        );

        Assert.Equal((1, "There is no sha256sum, by which is seen what has changed: install it (coreutils).\n"), (code, errors));
    }

    private void Publish(string target) =>
        _folder.Publish(
            new()
            {
                Name = "shop",
                Secrets = [new("key")],
                Workloads =
                [
                    new()
                    {
                        Name = "api",
                        Image = new ImageReference("example/api", "1"),
                        Restart = new(RestartMode.Always),
                        SecretFiles = [new("/run/secrets/key", [new SecretReference("key")])],
                    },
                ],
            },
            target switch
            {
                "compose" => new ComposeTarget(),
                "swarm" => new AspireDeploy.Targets.Swarm.SwarmTarget(),
                _ => new KubernetesTarget(),
            }
        );

    // Alternation in basic regular expressions, options that POSIX has not, and a cd that takes a folder named - for the one before.
    [GeneratedRegex(
        @"(sed|grep) [^|]*'[^']*\\\||--no-run-if-empty|sed -i|sed -r|grep -P|readlink -f|stat -c|date -d|echo -[en] |^\s*local |\bseq |\[\[ |&>|xargs -r|cd -- ""\$\(dirname -- ""\$0""\)"""
    )]
    private static partial Regex OfOneSystem();
}
