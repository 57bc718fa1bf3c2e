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
    private const int NoSuchFile = 2;

    /// <summary>Sends a signal. A process that is gone is no error.</summary>
    public static void Signal(int processId, int signal) => _ = kill(processId, signal);

    /// <summary>Gives a file, directory or link to somebody else.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="Win32Exception">The system refused.</exception>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (lchown(path, user, group) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw error == NoSuchFile ? new FileNotFoundException(null, path) : new Win32Exception(error);
        }
    }

    /// <summary>Returns whether a file, directory or link, which isn't followed, belongs to the user of this process.</summary>
    public static unsafe bool IsOwn(string path)
    {
        // Of macOS's calls none has a layout that doesn't depend on the processor; there, who may change the mode is the owner, or root.
        if (!OperatingSystem.IsLinux())
            return CanChangeMode(path);
        var facts = stackalloc byte[FactsLength];
        return statx(CurrentDirectory, path, DontFollow, OwnerWanted, facts) == 0 && *(uint*)(facts + OwnerOffset) == geteuid();
    }

    private static bool CanChangeMode(string path)
    {
        try
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    // struct statx of Linux, the same on every processor. (statx(2))
    private const int FactsLength = 256;
    private const int OwnerOffset = 20;
    private const int CurrentDirectory = -100;
    private const int DontFollow = 0x100;
    private const uint OwnerWanted = 0x8;

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int directory, string path, int flags, uint mask, byte* facts);

    [LibraryImport("libc")]
    private static partial uint geteuid();

    /// <summary>Removes a System V segment of shared memory. One that is gone, or somebody else's, is no error.</summary>
    public static void RemoveSharedMemory(int id) => _ = shmctl(id, Remove, 0);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int processId, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int shmctl(int id, int command, nint segment);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint user, uint group);
}
