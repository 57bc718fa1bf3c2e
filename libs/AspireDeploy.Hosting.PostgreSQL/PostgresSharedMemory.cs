using System.Globalization;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Names the System V segment by which a server knows whether another one's children are still at its data. A server that is killed
/// leaves it behind.
/// </summary>
/// <param name="Key">The name that the server gave it, made from its data directory's.</param>
/// <param name="Id">The name that the system gave it.</param>
internal sealed record PostgresSharedMemory(int Key, int Id)
{
    /// <summary>
    /// Removes the segment of a killed server, whose directory is <c>$1</c>, with the rights of the account that ran it: what its lock
    /// file names could be anybody's.
    /// </summary>
    public const string CleanUp = """
        segment=$(sed -n 7p "$1/data/postmaster.pid" | sed 's/.* //')
        if [ "$(id -u)" -ne 0 ]; then
            ipcrm -m "$segment"
        elif owner=$(stat -c %u "$1/data") && [ "$owner" -ne 0 ]; then
            setpriv --reuid "$owner" --clear-groups -- ipcrm -m "$segment"
        fi
        """;

    private const string Table = "/proc/sysvipc/shm";

    /// <summary>
    /// Gets what has a server keep all its other shared memory as files in the data directory, which go with it or are cleared at its
    /// next start: in <c>/dev/shm</c>, a server that is killed would leave a mebibyte for ever.
    /// </summary>
    public static string[] Settings { get; } = OperatingSystem.IsWindows() ? [] : ["-c", "dynamic_shared_memory_type=mmap"];

    /// <summary>Reads what stands in a lock file: both names, as unsigned numbers. Null where there is none.</summary>
    public static PostgresSharedMemory? Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var key, var id]
        && uint.TryParse(key, CultureInfo.InvariantCulture, out var parsedKey)
        && int.TryParse(id, CultureInfo.InvariantCulture, out var parsedId)
            ? new(unchecked((int)parsedKey), parsedId)
            : null;

    /// <summary>
    /// Returns whether a process is attached to it: a new server refuses to start before the last has gone. Systems other than Linux
    /// don't tell.
    /// </summary>
    public bool IsUsed() => Attached() > 0;

    /// <summary>Removes it if nobody uses it. Done only where it is surely the server's: both names must be the segment's.</summary>
    public void RemoveIfUnused()
    {
        if (OperatingSystem.IsLinux() && Attached() == 0)
        {
            UnixCalls.RemoveSharedMemory(Id);
        }
    }

    // Null if there is no such segment. Columns: key shmid perms size cpid lpid nattch ...
    private int? Attached() =>
        !File.Exists(Table)
            ? null
            : File.ReadLines(Table)
                .Skip(1)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields.Length > 6)
                .Where(fields =>
                    fields[0] == Key.ToString(CultureInfo.InvariantCulture) && fields[1] == Id.ToString(CultureInfo.InvariantCulture)
                )
                .Select(fields => (int?)int.Parse(fields[6], CultureInfo.InvariantCulture))
                .FirstOrDefault();
}
