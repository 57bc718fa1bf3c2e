using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace AspireDeploy.Tools;

/// <summary>Makes the system calls that .NET has no API for.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixCalls
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private const int Remove = 0;

    /// <summary>Sends a signal. A process that is gone is no error.</summary>
    public static void Signal(int processId, int signal) => _ = kill(processId, signal);

    /// <summary>Gives a file, directory or link to somebody else.</summary>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (lchown(path, user, group) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Removes a System V segment of shared memory. One that is gone, or somebody else's, is no error.</summary>
    public static void RemoveSharedMemory(int id) => _ = shmctl(id, Remove, 0);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int processId, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int shmctl(int id, int command, nint segment);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);
}
