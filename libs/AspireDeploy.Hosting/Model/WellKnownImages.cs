using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireDeploy.Model;

/// <summary>
/// The images this solution knows, one entry each. Users, paths and variables are those the images' own documentation gives.
/// </summary>
internal static partial class WellKnownImages
{
    private const string PostgresDataBefore18 = "/var/lib/postgresql/data";

    /// <summary>
    /// PostgreSQL, <see href="https://hub.docker.com/_/postgres"/>, 18 or later; Debian-based tags (user 999). <see cref="Find"/> gives
    /// what differs in others.
    /// </summary>
    public static WellKnownImage PostgreSql { get; } =
        new("library/postgres", new(999, 999, ReadOnlyRoot: true, ["/tmp", "/var/run/postgresql"]))
        {
            DataPath = "/var/lib/postgresql",
            OtherDataPath = PostgresDataBefore18,
            DataVariable = "PGDATA",
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["postgres"],
            // Without a database's name it would ask for one named like the user; the server answers either way. TCP, since during its
            // first start the image runs a server on the socket alone.
            ReadinessCommand = ["pg_isready", "--host=127.0.0.1", "--username=postgres", "--quiet"],
            FileVariables =
            [
                ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE"),
                ("POSTGRES_USER", "POSTGRES_USER_FILE"),
                ("POSTGRES_DB", "POSTGRES_DB_FILE"),
                ("POSTGRES_INITDB_ARGS", "POSTGRES_INITDB_ARGS_FILE"),
            ],
            StopGracePeriod = TimeSpan.FromMinutes(1),
            Shell = ImageShell.Bash,
        };

    /// <summary>Redis, <see href="https://hub.docker.com/_/redis"/>; Debian-based tags (user 999).</summary>
    public static WellKnownImage Redis { get; } =
        new("library/redis", new(999, 999, ReadOnlyRoot: true, ["/tmp"]))
        {
            DataPath = "/data",
            Entrypoint = ["docker-entrypoint.sh"],
            Command = ["redis-server"],
            // NOAUTH is an answer of a server that serves.
            ReadinessCommand = ["sh", "-c", "redis-cli -h 127.0.0.1 ping | grep -qE 'PONG|NOAUTH'"],
            Shell = ImageShell.Bash,
        };

    /// <summary>Caddy, <see href="https://hub.docker.com/_/caddy"/>: the gateway, where a target runs one itself.</summary>
    public static WellKnownImage Caddy { get; } =
        new("library/caddy", new(1654, 1654, ReadOnlyRoot: true, ["/tmp"]) { Capabilities = ["NET_BIND_SERVICE"] }) { DataPath = "/data" };

    /// <summary>Gets the Caddy that is deployed, where a target runs one.</summary>
    public static ImageReference CaddyImage { get; } = new("docker.io/library/caddy", "2.11.4-alpine");

    /// <summary>Gets a shell and what belongs to it, for a script's own needs.</summary>
    public static ImageReference BusyBoxImage { get; } = new("docker.io/library/busybox", "1.37.0");

    /// <summary>
    /// Kubernetes' own client, by which a pod waits for what it needs; within one minor version of the cluster's.
    /// (https://kubernetes.io/releases/version-skew-policy/)
    /// </summary>
    public static ImageReference KubectlImage { get; } = new("registry.k8s.io/kubectl", "v1.36.3");

    /// <summary>Gets all of them.</summary>
    public static EquatableArray<WellKnownImage> All { get; } = [PostgreSql, Redis, Caddy, .. WellKnownServers.All, .. WellKnownTools.All];

    /// <summary>Returns what is known of an image, of its version and kind as its tag tells them, or null.</summary>
    public static WellKnownImage? Find(ImageReference image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var known = All.FirstOrDefault(known => Is(image.Repository, known.Repository));
        if (known == PostgreSql || WithExtensions.Any(other => Is(image.Repository, other)))
            return PostgresOf(image);
        return known is null || !IsAlpine(image)
            ? known
            : known with
            {
                Shell = ImageShell.BusyBox,
                Isolation = known.AlpineUser is { } user
                    ? known.Isolation with
                    {
                        UserId = user.User,
                        GroupId = user.Group,
                    }
                    : known.Isolation,
            };
    }

    /// <summary>Returns what an image brings that can run a script, as far as that is known.</summary>
    public static ImageShell ShellOf(ImageSource image) =>
        image switch
        {
            ProjectImage project => project.Shell,
            ImageReference reference => Find(reference)?.Shell
                ?? (IsAlpine(reference) || Is(reference.Repository, "library/busybox") ? ImageShell.BusyBox : ImageShell.None),
            _ => ImageShell.None,
        };

    // PostgreSQL's own image with extensions in it: on Debian, with the major version in the tag.
    private static EquatableArray<string> WithExtensions { get; } = ["pgvector/pgvector", "ankane/pgvector", "postgis/postgis"];

    private static bool IsAlpine(ImageReference image) => image.Tag?.Contains("alpine", StringComparison.Ordinal) == true;

    // A registry of one's own may mirror it under any path.
    private static bool Is(string repository, string known) =>
        repository == known
        || repository.EndsWith("/" + known, StringComparison.Ordinal)
        || (known.StartsWith("library/", StringComparison.Ordinal) && repository == known["library/".Length..]);

    /// <summary>Returns whether which version an image is can't be told: it is named by its digest alone.</summary>
    public static bool IsOfUnknownVersion(ImageReference image) => image is { Tag: null, Digest: not null };

    // A tag without a number is the newest. Before 18 the volume is the data directory itself, which must be empty at first: a file
    // system's own lost+found is in the way, so data gets a directory in it, the one where a version from 18 on looks for what an earlier
    // one has left, rather than start with nothing.
    private static WellKnownImage PostgresOf(ImageReference image)
    {
        var known = PostgreSql;
        // Its author stopped at 15, and counts versions of the extension.
        var version =
            Is(image.Repository, "ankane/pgvector") ? 15
            : Major().Match(image.Tag ?? "") is { Success: true } major ? int.Parse(major.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 18;
        if (version < 18)
            known = known with { DataPath = PostgresDataBefore18, OtherDataPath = PostgreSql.DataPath, DataFolder = "data" };
        return IsAlpine(image)
            ? known with
            {
                Shell = ImageShell.BusyBox,
                Isolation = known.Isolation with { UserId = 70, GroupId = 70 },
            }
            : known;
    }

    [GeneratedRegex(@"\A(?:pg)?([0-9]{1,4})(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Major();
}
