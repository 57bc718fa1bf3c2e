using System.Diagnostics;
using System.Globalization;

namespace AspireDeploy.Local.Memory;

/// <summary>Describes how much memory a process has to itself.</summary>
internal static class ResidentMemory
{
    /// <summary>
    /// In bytes; null if there is no such process any more. On Linux what a control group would charge and can't take back: anonymous and
    /// shared pages (<c>RssAnon</c> and <c>RssShmem</c> of <c>/proc/PID/status</c>, in units of 1024 bytes); elsewhere the working set.
    /// </summary>
    internal static long? Measure(int pid) => OperatingSystem.IsLinux() ? OnLinux(pid) : Elsewhere(pid);

    private static long? OnLinux(int pid)
    {
        try
        {
            long? bytes = null;
            foreach (var line in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status")))
            {
                if (line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
                {
                    var number = line.AsSpan(line.IndexOf(':') + 1).Trim();
                    bytes = (bytes ?? 0) + (long.Parse(number[..number.IndexOf(' ')], CultureInfo.InvariantCulture) << 10);
                }
            }

            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static long? Elsewhere(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.WorkingSet64;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
