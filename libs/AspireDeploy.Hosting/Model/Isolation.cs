using System.Globalization;

namespace AspireDeploy.Model;

/// <summary>
/// Describes what a workload's process may do to its container and its host. No workload gains privileges, and each gets only the
/// capabilities listed.
/// </summary>
/// <param name="UserId">The user its process runs as; null: the image's own, which may be root.</param>
/// <param name="GroupId">Its group; null with a user: the same number.</param>
/// <param name="ReadOnlyRoot">Whether the image's files can't be written.</param>
/// <param name="Scratch">Directories in memory that can be written, for a read-only root: <c>/tmp</c>. They count towards the memory
/// limit.</param>
internal sealed record Isolation(int? UserId, int? GroupId, bool ReadOnlyRoot, EquatableArray<string> Scratch)
{
    /// <summary>Gets the user that .NET's container images bring, <c>app</c>.</summary>
    public const int DotNetUser = 1654;

    /// <summary>
    /// Gets a .NET project's of which nothing else is declared: user 1654, and a root that it may write to where its files let it.
    /// </summary>
    public static Isolation DotNetWritable { get; } = new(DotNetUser, DotNetUser, ReadOnlyRoot: false, []);

    /// <summary>Gets a .NET project's that calls our ServiceDefaults: user 1654, read-only root, <c>/tmp</c> in memory.</summary>
    public static Isolation DotNet { get; } = new(DotNetUser, DotNetUser, ReadOnlyRoot: true, ["/tmp"]);

    /// <summary>
    /// Gets an unknown image's: its own user, a root that can be written, and the capabilities by which images that start as root prepare
    /// their files and then give root up.
    /// </summary>
    public static Isolation ImageOwn { get; } =
        new(null, null, ReadOnlyRoot: false, [])
        {
            Capabilities = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID"],
        };

    /// <summary>Linux capabilities kept, without the prefix <c>CAP_</c>; all others are dropped.</summary>
    public EquatableArray<string> Capabilities { get; init; }

    /// <summary>Gets a value that indicates whether the process can't be root.</summary>
    public bool NonRoot => UserId is > 0;

    /// <summary>Gets its user and group as engines take them, <c>1654:1654</c>; null: the image's own.</summary>
    public string? User => UserId is { } user ? string.Create(CultureInfo.InvariantCulture, $"{user}:{GroupId ?? user}") : null;

    /// <inheritdoc />
    public override string ToString() =>
        $"{(UserId is { } user ? $"user {user}" : "the image's own user")}, {(ReadOnlyRoot ? "read-only root" : "writable root")}, "
        + (Capabilities.IsEmpty ? "no capabilities" : $"capabilities {string.Join(", ", Capabilities)}");
}
