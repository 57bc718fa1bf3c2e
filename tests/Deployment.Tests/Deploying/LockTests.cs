using System.Diagnostics;

namespace AspireDeploy.Tests.Deploying;

/// <summary>The lock that scripts of one folder take, one after the other, in the shells that people have.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class LockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-lock-");

    private static readonly string[] All = ["dash", "bash", "busybox"];

    public static TheoryData<string> Shells => [.. All.Where(IsHere)];

    // Each takes it, or says who has it; who has it waits until all have tried.
    private const string Take = "lock\necho x >>won\nwhile [ \"$(cat tried | wc -l)\" -lt 12 ]; do sleep 0.05; done\n";

    [Theory]
    [MemberData(nameof(Shells))]
    public void Lock_OfAProcessThatWasKilled_IsTakenByExactlyOneOfMany_EveryTime(string shell)
    {
        Write("take.sh", $"set -eu\n{HeldLock.Functions}{Take}");
        Write("dead.sh", $"set -eu\n{HeldLock.Functions}lock\nkill -9 $$\n");

        var (code, said) = Run(
            shell,
            $$"""
            round=0
            while [ $round -lt 20 ]; do
                round=$((round + 1))
                : >won; : >tried
                { {{Command(shell)}} ./dead.sh || :; } 2>/dev/null
                [ -d .deploying ] || exit 2
                for i in 1 2 3 4 5 6 7 8 9 10 11 12; do { {{Command(shell)}} ./take.sh 2>>said || :; echo x >>tried; } & done
                while [ "$(cat tried | wc -l)" -lt 11 ]; do sleep 0.05; done
                echo x >>tried
                wait
                [ "$(cat won | wc -l)" -eq 1 ] || { echo "round $round: $(cat won | wc -l) had it"; exit 3; }
                [ ! -e .deploying ] || exit 4
            done
            ! grep -v '^take.sh runs in this folder already (process [0-9]*): wait until it has ended. If it has, remove .*/.deploying.$' said
            ls -A
            """
        );

        Assert.Equal((0, "dead.sh\nsaid\ntake.sh\ntried\nwon\n"), (code, said));
    }

    [Fact]
    public void Lock_OfALaterProcessOfTheSameNumber_IsNobodys()
    {
        // A process that runs, and began at another time; and this script's own number.
        var (code, said) = Run(
            "dash",
            HeldLock.Functions
                + """
                for process in 1 $$; do
                    mkdir .deploying
                    echo "$process.7.$(cat /proc/sys/kernel/random/boot_id) $process $(uname -n) deploy.sh" >.deploying/after.first
                    lock
                    release
                done
                ls -A
                """
        );

        Assert.Equal((0, ""), (code, said));
    }

    [Fact]
    public void Lock_FromBeforeTheMachineWasStartedAgain_IsNobodys()
    {
        var (code, said) = Run(
            "dash",
            HeldLock.Functions + "mkdir .deploying; echo \"$$.$(begun $$).before $$ $(uname -n) deploy.sh\" >.deploying/after.first\nlock\n"
        );

        Assert.Equal((0, ""), (code, said));
    }

    [Fact]
    public void Lock_OfAnotherMachine_IsLeft_AndToldWithItsName()
    {
        var (code, said) = Run(
            "dash",
            HeldLock.Functions + "mkdir .deploying; echo '7.7.boot 7 elsewhere deploy.sh' >.deploying/after.first\nlock\n"
        );

        Assert.Equal(
            (
                1,
                "deploy.sh runs in this folder already (process 7 on elsewhere): wait until it has ended. If it has, remove "
                    + $"{_folder.FullName}/.deploying.\n"
            ),
            (code, said)
        );
    }

    [Fact]
    public void Lock_IsForItsOwnerAlone()
    {
        var (code, said) = Run(
            "dash",
            "umask 000; mkdir .deploying\n" + HeldLock.Functions + "lock\nls -ld .deploying .deploying/* | cut -c 1-10\n"
        );

        Assert.Equal((0, "drwx------\n-rw-------\n"), (code, said));
    }

    [Fact]
    public void Lock_AScriptThatAnotherRuns_TakesPartInItsLock()
    {
        Write("inner.sh", $"set -eu\n{HeldLock.Functions}lock\necho inner\n");

        var (code, said) = Run("dash", HeldLock.Functions + "lock\nASPIREDEPLOY_LOCK=$me sh ./inner.sh\n[ -d .deploying ]\nsh ./inner.sh");

        Assert.Equal(1, code);
        Assert.Matches(@"\Ainner\n.* runs in this folder already \(process \d+\)", said);
    }

    [Fact]
    public void Lock_OfAScriptWhoseOuterOneWasKilled_IsItsOwn()
    {
        Write("inner.sh", $"set -eu\n{HeldLock.Functions}lock\nkill -9 $PPID\n: >killed\nwhile [ ! -e over ]; do sleep 0.05; done\n");
        Write("outer.sh", $"set -eu\n{HeldLock.Functions}lock\nASPIREDEPLOY_LOCK=$me sh ./inner.sh\n:\n");
        Write("third.sh", $"set -eu\n{HeldLock.Functions}lock\necho third\n");

        var (code, said) = Run(
            "dash",
            "sh ./outer.sh 2>/dev/null\nwhile [ ! -e killed ]; do sleep 0.05; done\nsh ./third.sh\n: >over\nuntil sh ./third.sh "
                + "2>/dev/null; do sleep 0.05; done"
        );

        Assert.Equal(0, code);
        Assert.Matches(@"\A(Killed\n)?inner\.sh runs in this folder already \(process \d+\)[^\n]*\nthird\n\z", said);
    }

    [Fact]
    public void Lock_WhereNothingCanBeWritten_SaysSo()
    {
        Write(".deploying", "");

        Assert.Equal((1, $"This folder can't be written: {_folder.FullName}.\n"), Run("dash", HeldLock.Functions + "lock"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private (int Code, string Output) Run(string shell, string script)
    {
        var start = new ProcessStartInfo("env", [.. Command(shell).Split(' '), "-c", $"exec 2>&1\n{script}"])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    private static string Command(string shell) => shell == "busybox" ? "busybox sh" : shell;

    private static bool IsHere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
