using System.Diagnostics;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Tests.Deploying;

/// <summary>A script that has a folder's lock, and keeps it until it is killed.</summary>
internal sealed class HeldLock : IDisposable
{
    /// <summary>Gets the functions by which scripts take the lock.</summary>
    internal static string Functions => ScriptTemplate.Fill("Shared/lock.sh") + "unlock() { release; }\n";

    private readonly Process _process;

    internal HeldLock(string folder, string script)
    {
        _process = Process.Start(
            new ProcessStartInfo("sh", ["-c", $"set -eu\n{Functions}lock\necho has it\nread -r _", $"./{script}"])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Assert.Equal("has it", _process.StandardOutput.ReadLine());
    }

    internal int Id => _process.Id;

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }
}
