using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AspireDeploy.Tools;

/// <summary>
/// Removes a directory of a run after this process has died suddenly, as <c>aspire run</c> has it die on Ctrl+C, and the servers in it
/// have ended. A shell of its own waits for that at the other end of a pipe. On Windows there is none, and the next run removes it.
/// </summary>
internal sealed class ThrowAwayWatcher : IDisposable
{
    // The shell is in the background of another one that ends, so that it isn't ended with the tree of this process. $1 is the directory,
    // $2 what else to clear away.
    private const string Script = """
        exec 3<&0
        {
            trap '' HUP INT QUIT
            servers=
            while read -r server; do servers="$servers $server"; done
            tries=0
            for server in $servers; do
                while kill -0 "$server" 2>/dev/null; do
                    tries=$((tries + 1))
                    [ "$tries" -le 600 ] || exit 0
                    sleep 0.1
                done
            done
            [ -z "$2" ] || /bin/sh -c "$2" sh "$1"
            rm -rf -- "$1"
        } <&3 3<&- >/dev/null 2>&1 &
        """;

    private readonly StreamWriter _pipe;

    private ThrowAwayWatcher(StreamWriter pipe) => _pipe = pipe;

    /// <summary>Starts one; null where none can be started.</summary>
    /// <param name="directory">The directory to remove.</param>
    /// <param name="cleanUp">
    /// Commands of a shell, with the directory as <c>$1</c>, that clear away what a server has left elsewhere. Defaults to none.
    /// </param>
    public static ThrowAwayWatcher? Start(string directory, string? cleanUp = null)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            using var shell = Process.Start(
                new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", directory, cleanUp ?? ""])
                {
                    WorkingDirectory = "/",
                    RedirectStandardInput = true,
                }
            )!;
            return new(shell.StandardInput);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Has it wait for the end of a server too.</summary>
    /// <param name="processId">The server's process.</param>
    public void Add(int processId)
    {
        lock (_pipe)
        {
            try
            {
                _pipe.WriteLine(processId.ToString(CultureInfo.InvariantCulture));
                _pipe.Flush();
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                // Somebody has ended it.
            }
        }
    }

    /// <summary>Ends it, which removes the directory if it is still there.</summary>
    public void Dispose()
    {
        lock (_pipe)
        {
            try
            {
                _pipe.Dispose();
            }
            catch (IOException)
            {
                // Somebody has ended it.
            }
        }
    }
}
