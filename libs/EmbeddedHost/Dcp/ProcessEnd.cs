using System.Runtime.InteropServices;

namespace Aspire.Hosting.Dcp;

/// <summary>Tells of the end of a process that is not our child, as it happens. Linux alone can, by a descriptor of the process (<c>pidfd_open(2)</c>).</summary>
internal static partial class ProcessEnd
{
    // The same on every processor since Linux 5.3; not every C library has a function for it.
    private const nint PidfdOpen = 434;
    private const int NoSuchProcess = 3;
    private const int Interrupted = 4;
    private const short Readable = 1;

    /// <summary>Completes as the process ends, at once if it has; null where the system can't tell.</summary>
    public static Task? Of(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var descriptor = (int)syscall(PidfdOpen, processId, 0);
        if (descriptor < 0)
        {
            return Marshal.GetLastPInvokeError() == NoSuchProcess ? Task.CompletedTask : null;
        }

        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new Thread(() => Wait(descriptor, end)) { IsBackground = true, Name = $"end of process {processId}" };
        waiting.Start();
        return end.Task;
    }

    private static void Wait(int descriptor, TaskCompletionSource end)
    {
        var asked = new Asked { Descriptor = descriptor, Events = Readable };
        while (poll(ref asked, 1, -1) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }

        _ = close(descriptor);
        end.SetResult();
    }

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Asked
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint processId, nint flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int poll(ref Asked asked, nuint count, int milliseconds);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
