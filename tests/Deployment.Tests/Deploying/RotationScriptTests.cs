using AspireDeploy.Model;
using AspireDeploy.Targets.Compose;

namespace AspireDeploy.Tests.Deploying;

/// <summary>
/// The script that changes a password, where it is refused, interrupted or killed at a point that is chosen: a stand-in answers for
/// Docker's command.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RotationScriptTests : IDisposable
{
    private readonly StandInCompose _engine = new();
    private readonly PublishedScripts _scripts = new();

    public RotationScriptTests()
    {
        _scripts.Publish(Plan, new ComposeTarget());
        _engine.Add("db", "db", "new");
        _engine.Add("old-api", "api", "old");
        Directory.CreateDirectory(Path.Combine(_scripts.Folder, "secrets"));
        _scripts.Write("secrets/key", "first");
    }

    private static DeploymentPlan Plan =>
        new()
        {
            Name = "shop",
            Secrets = [new("key")],
            Workloads =
            [
                new()
                {
                    Name = "db",
                    Image = new ImageReference("docker.io/library/postgres", "18.3"),
                    Restart = new(RestartMode.Always),
                    Environment =
                    [
                        new("POSTGRES_PASSWORD", [new SecretReference("key")], new FileNamedByVariable("POSTGRES_PASSWORD_FILE")),
                    ],
                },
                new()
                {
                    Name = "api",
                    Image = new ProjectImage("Api/Api.csproj", "shop-api", "1", "Api.dll"),
                    Restart = new(RestartMode.Always),
                    SecretFiles = [new("/run/secrets/key", [new SecretReference("key")])],
                },
            ],
        };

    public void Dispose()
    {
        _engine.Dispose();
        _scripts.Dispose();
    }

    [Theory]
    [InlineData("second\r\n")]
    [InlineData("sec\u0001ond")]
    [InlineData("sec\u007fond")]
    public async Task Rotate_ANewPasswordWithAControlCharacter_IsRefusedBeforeAnythingIsChanged(string value)
    {
        _scripts.Write("secrets/key.new", value);

        var (failure, _) = await FailAsync("./rotate.sh", "key");

        Assert.Equal(
            "secrets/key.new has a control character (a carriage return, if it was written on Windows), which db can't be told: "
                + "write it again without it, and run ./rotate.sh key again.",
            failure
        );
        Assert.Equal(("first", false, ""), (Read("secrets/key"), _scripts.Has("secrets/.rotation"), _engine.Received));

        _scripts.Write("secrets/key.new", "second\n");
        Assert.EndsWith("key is changed", await SucceedAsync("./rotate.sh", "key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_ThatBeganWithAValueThatNoServerTakes_GoesOnWithTheOneThatIsPutInItsPlace()
    {
        await SucceedAsync("./secrets.sh");
        _scripts.Write("secrets/.rotation", "key\ndb/POSTGRES_PASSWORD\n");
        _scripts.Write("secrets/.rotation.old", "first");
        _scripts.Write("secrets/.rotation.new", "second\r\n");

        Assert.Equal(
            "secrets/.rotation.new has a control character (a carriage return, if it was written on Windows), which db can't be "
                + "told: write it again without it, and run ./rotate.sh key again.",
            (await FailAsync("./rotate.sh", "key")).Failure
        );

        _scripts.Write("secrets/.rotation.new", "second");
        Assert.EndsWith("key is changed", await SucceedAsync("./rotate.sh", "key"), StringComparison.Ordinal);
        Assert.Equal("second", Read("secrets/key"));
    }

    [Fact]
    public async Task Deploy_APasswordWithACarriageReturn_IsRefused_SinceTheServerWouldBeMadeWithAnother()
    {
        _scripts.Write("secrets/key", "first\r\n");

        Assert.Equal(
            "secrets/key has a control character (a carriage return, if it was written on Windows), which its server would leave "
                + "out: write it again without it.",
            (await FailAsync("./deploy.sh")).Failure
        );
    }

    [Fact]
    public async Task Rotate_GoesOnWhileAnotherValueIsAskedFor_FinishesWithTheFirst_AndKeepsTheOther()
    {
        _scripts.Write("secrets/key.new", "second");
        _scripts.Change("deploy.sh", "\nlock\n", "\nexit 1\n");
        Assert.Equal(
            "key has its new value, but not everybody has taken it. When that is mended, ./rotate.sh key finishes it.",
            (await FailAsync("./rotate.sh", "key")).Failure
        );
        _scripts.Change("deploy.sh", "\nexit 1\n", "\nlock\n");
        _scripts.Write("secrets/key.new", "third");

        var (failure, said) = await FailAsync("./rotate.sh", "key");

        Assert.Equal(
            "key is changed to the value that its rotation began with; secrets/key.new has another, which ./rotate.sh key, run "
                + "again, changes it to.",
            failure
        );
        Assert.StartsWith("goes on with the rotation of key\n", said, StringComparison.Ordinal);
        Assert.Equal(("second", "third", false), (Read("secrets/key"), Read("secrets/key.new"), _scripts.Has("secrets/.rotation")));

        Assert.EndsWith("key is changed", await SucceedAsync("./rotate.sh", "key"), StringComparison.Ordinal);
        Assert.Equal(("third", false), (Read("secrets/key"), _scripts.Has("secrets/key.new")));
    }

    [Fact]
    public async Task Rotate_InterruptedWhileReplicasStart_TakesThemAwayItself()
    {
        _scripts.Write("secrets/key.new", "second");
        _engine.Set("hold");
        _engine.Set("interrupt");

        // All processes of a terminal are told of Ctrl+C.
        var said = await SucceedAsync(
            "-c",
            "setsid sh -c 'echo $$ >\"$STANDIN_COMPOSE/group\"; exec sh ./rotate.sh key'; echo \"ended with $?\""
        );

        Assert.EndsWith("ended with 143", said, StringComparison.Ordinal);
        Assert.Equal(["db", "old-api"], _engine.Containers);
        Assert.False(Directory.Exists(Path.Combine(_scripts.Folder, ".deploying")));
    }

    [Fact]
    public async Task Rotate_ThatFailsEarlyAfterADeploymentWasKilled_LeavesItsReplicasForTheNextToTakeAway()
    {
        _scripts.Write("secrets/key.new", "second");
        _engine.Add("half-api", "api", "old");
        Directory.CreateDirectory(Path.Combine(_scripts.Folder, ".deploying"));
        _scripts.Write(".deploying/rolling", "api old-api\n");
        _engine.Unset("containers/db");

        Assert.Equal("db doesn't run, and so can't be told: run ./deploy.sh first.", (await FailAsync("./rotate.sh", "key")).Failure);

        // Not forgotten either where the engine can't say which they are.
        _engine.Set("broken");
        Assert.Equal("no answer", (await FailAsync("./deploy.sh")).Failure);
        _engine.Unset("broken");
        Assert.Contains("api: 1 start beside 1 running", await SucceedAsync("./deploy.sh"), StringComparison.Ordinal);
        Assert.Equal(["new-api", "new-db"], _engine.Containers);
        Assert.False(Directory.Exists(Path.Combine(_scripts.Folder, ".deploying")));
    }

    [Fact]
    public async Task Rotate_KilledAlone_ItsDeploymentHasTheLockUntilItHasEnded()
    {
        _scripts.Write("secrets/key.new", "second");
        _engine.Set("hold");

        _scripts.Write(
            "run.sh",
            """
            sh ./rotate.sh key >log 2>&1 &
            while [ ! -e "$STANDIN_COMPOSE/reached" ]; do sleep 0.05; done
            kill -9 $!
            for script in deploy rotate; do ! sh ./$script.sh $([ $script = deploy ] || echo key) 2>&1 | grep -v '^goes on'; done
            rm "$STANDIN_COMPOSE/hold"
            tries=0
            until sh ./rotate.sh key >>log 2>&1; do tries=$((tries + 1)); [ $tries -lt 300 ] || exit 1; sleep 0.1; done
            tail -n 1 log
            """
        );

        var said = await SucceedAsync("./run.sh");

        Assert.Matches(
            @"\Adeploy\.sh runs in this folder already \(process \d+\)[^\n]*\ndeploy\.sh runs in this folder already \(process \d+\)[^\n]*\nkey is changed\z",
            said
        );
    }

    [Fact]
    public async Task Deploy_WhereOrphansAreToBeIgnored_TakesThemAwayAllTheSame() =>
        Assert.EndsWith("s  deployed", await SucceedAsync("-c", "COMPOSE_IGNORE_ORPHANS=1 exec sh ./deploy.sh"), StringComparison.Ordinal);

    [Fact]
    public async Task Deploy_AnImageThatWasSetByHand_IsNotNoted_AndWhatIsNotedOnlyItsOwnerWrites()
    {
        await SucceedAsync("-c", "API_IMAGE=example/public:1; export API_IMAGE; sh ./deploy.sh");
        Assert.Equal("", Read(".images"));

        await SucceedAsync("-c", "umask 000; sh ./deploy.sh && chmod 666 .images && sh ./deploy.sh");

        Assert.Equal("api shop-api:1\n", Read(".images"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            File.GetUnixFileMode(Path.Combine(_scripts.Folder, ".images"))
        );
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_scripts.Folder, file));

    private Task<string> SucceedAsync(params string[] command) => _scripts.SucceedAsync(_engine.Variables, command);

    private Task<(string Failure, string Output)> FailAsync(params string[] command) => _scripts.FailAsync(_engine.Variables, command);
}
