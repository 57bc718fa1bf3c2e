using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AspireDeploy.Bench.Publish;

/// <summary>One publish, as a process from its start to its end.</summary>
internal static partial class PublishRun
{
    // In memory where there is such a file system. A disk's (ext4) looks past every file deleted in the last minute before it makes the
    // next: publishing and deleting thousands again and again would measure that.
    private static readonly string Place = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Runs an AppHost's publish into a directory of its own.</summary>
    /// <param name="program">The AppHost.</param>
    /// <param name="arguments">What comes before the options.</param>
    /// <param name="step">The step: <c>publish</c> for every target, <c>publish-compose</c> for one.</param>
    /// <returns>How long it took.</returns>
    internal static TimeSpan Measure(string program, string[] arguments, string step)
    {
        var output = Path.Combine(Place, $"publish-bench-{Guid.NewGuid():N}");
        try
        {
            var start = new ProcessStartInfo(program, [.. arguments, "--operation", "publish", "--step", step, "--output-path", output])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var took = Stopwatch.GetElapsedTime(began);
            return process.ExitCode == 0 ? took : throw new InvalidOperationException($"{program} failed: {errors.Result}");
        }
        finally
        {
            if (Directory.Exists(output))
                Directory.Delete(output, recursive: true);
        }
    }

    /// <summary>Returns the most memory, in MiB, that a process had which this one has started and waited for.</summary>
    internal static double PeakMemory()
    {
        const int Children = -1;
        Span<long> usage = stackalloc long[18];
        if (GetUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0)
        {
            throw new InvalidOperationException("getrusage failed.");
        }

        // Behind two times of two numbers each; kibibytes on Linux, bytes on macOS.
        return usage[4] / (OperatingSystem.IsMacOS() ? 1048576.0 : 1024.0);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
