using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AspireDeploy.Workload;

/// <summary>One process, as <c>/proc</c> describes it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Program">The file name of its program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="CpuTime">The processor time that it has taken, its ended children's included.</param>
/// <param name="Memory">Bytes of memory that are its own, and its share of what it shares with others.</param>
public sealed record MarkedProcess(int Id, string Program, IReadOnlyList<string> Arguments, TimeSpan CpuTime, long Memory)
{
    // Fixed in Linux's ABI, whatever the kernel's own clock.
    private const int TicksPerSecond = 100;

    /// <summary>Reads a process; null if it has ended, or if it is another user's.</summary>
    /// <param name="id">Its number.</param>
    public static MarkedProcess? TryRead(int id)
    {
        try
        {
            return Read(id);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static MarkedProcess? Read(int id)
    {
        // pid (comm) state ppid …; utime, stime, cutime and cstime are the 14th to 17th of them.
        var fields = File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var line = File.ReadAllText($"/proc/{id}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        if (fields[0] is "Z" or "X" || line.Length == 0)
        {
            return null;
        }

        var ticks = fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        var memory = File.ReadLines($"/proc/{id}/smaps_rollup").FirstOrDefault(entry => entry.StartsWith("Pss:", StringComparison.Ordinal));
        var kilobytes = memory?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1] ?? "0";
        return new(
            id,
            Path.GetFileName(line[0]),
            line[1..],
            TimeSpan.FromSeconds((double)ticks / TicksPerSecond),
            1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture)
        );
    }

    /// <summary>Kills it, if it still lives.</summary>
    public void Kill()
    {
        try
        {
            using var process = Process.GetProcessById(Id);
            process.Kill();
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended meanwhile.
        }
    }
}
