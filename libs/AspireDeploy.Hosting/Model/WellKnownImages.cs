using System.Globalization;
using System.Text.RegularExpressions;

namespace AspireDeploy.Model;

/// <summary>What must be known of an image to run it without root, with its data kept and its health checked.</summary>
/// <param name="Repository">The end of its repository: <c>library/postgres</c>.</param>
/// <param name="Isolation">The user and the capabilities its process needs.</param>
internal sealed record WellKnownImage(string Repository, Isolation Isolation)
{
    /// <summary>The directory its data is in, where a volume is mounted.</summary>
    public string? DataPath { get; init; }

    /// <summary>Where its data is in other versions; a volume there is meant for data as well.</summary>
    public string? OtherDataPath { get; init; }

    /// <summary>The variable by which a declaration may say itself where data is.</summary>
    public string? DataVariable { get; init; }

    /// <summary>The directory in the volume that <see cref="DataVariable"/> must name; null: the image chooses one itself.</summary>
    public string? DataFolder { get; init; }

    /// <summary>What it starts with by itself; what is said of arguments takes the place of <see cref="Command"/>. Empty: nothing needs to know.</summary>
    public EquatableArray<string> Entrypoint { get; init; }

    /// <summary>The words after it.</summary>
    public EquatableArray<string> Command { get; init; }

    /// <summary>A command that ends with 0 once it serves.</summary>
    public EquatableArray<string> ReadinessCommand { get; init; }

    /// <summary>Variables that may hold secrets, with the variables that name a file instead.</summary>
    public EquatableArray<(string Variable, string FileVariable)> FileVariables { get; init; }

    /// <summary>How long it may take to stop cleanly.</summary>
    public TimeSpan StopGracePeriod { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary>The images this solution knows, one entry each. Users, paths and variables are those the images' own documentation gives.</summary>
internal static partial class WellKnownImages
{
    private const string PostgresDataBefore18 = "/var/lib/postgresql/data";

    /// <summary>PostgreSQL, <see href="https://hub.docker.com/_/postgres"/>, 18 or later; Debian-based tags (user 999). <see cref="Find"/> gives what differs in others.</summary>
    public static WellKnownImage PostgreSql { get; } = new("library/postgres", new(999, 999, ReadOnlyRoot: true, ["/tmp", "/var/run/postgresql"]))
    {
        DataPath = "/var/lib/postgresql",
        OtherDataPath = PostgresDataBefore18,
        DataVariable = "PGDATA",
        Entrypoint = ["docker-entrypoint.sh"],
        Command = ["postgres"],
        // Without a database's name it would ask for one named like the user; the server answers either way. TCP, since during its first start the image runs a server on the socket alone.
        ReadinessCommand = ["pg_isready", "--host=127.0.0.1", "--username=postgres", "--quiet"],
        FileVariables =
        [
            ("POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE"), ("POSTGRES_USER", "POSTGRES_USER_FILE"), ("POSTGRES_DB", "POSTGRES_DB_FILE"), ("POSTGRES_INITDB_ARGS", "POSTGRES_INITDB_ARGS_FILE"),
        ],
        StopGracePeriod = TimeSpan.FromMinutes(1),
    };

    /// <summary>Redis, <see href="https://hub.docker.com/_/redis"/>; Debian-based tags (user 999).</summary>
    public static WellKnownImage Redis { get; } = new("library/redis", new(999, 999, ReadOnlyRoot: true, ["/tmp"]))
    {
        DataPath = "/data",
        Entrypoint = ["docker-entrypoint.sh"],
        Command = ["redis-server"],
        // NOAUTH is an answer of a server that serves.
        ReadinessCommand = ["sh", "-c", "redis-cli -h 127.0.0.1 ping | grep -qE 'PONG|NOAUTH'"],
    };

    /// <summary>Caddy, <see href="https://hub.docker.com/_/caddy"/>: the edge, where a target runs one itself.</summary>
    public static WellKnownImage Caddy { get; } = new("library/caddy", new(1654, 1654, ReadOnlyRoot: true, ["/tmp"]) { Capabilities = ["NET_BIND_SERVICE"] })
    {
        DataPath = "/data",
    };

    /// <summary>The Caddy that is deployed, where a target runs one.</summary>
    public static ImageReference CaddyImage { get; } = new("docker.io/library/caddy", "2.11.4-alpine");

    /// <summary>A shell and what belongs to it, for a script's own needs.</summary>
    public static ImageReference BusyBoxImage { get; } = new("docker.io/library/busybox", "1.37.0");

    /// <summary>Kubernetes' own client, by which a pod waits for what it needs; within one minor version of the cluster's. (https://kubernetes.io/releases/version-skew-policy/)</summary>
    public static ImageReference KubectlImage { get; } = new("registry.k8s.io/kubectl", "v1.36.3");

    /// <summary>All of them.</summary>
    public static EquatableArray<WellKnownImage> All { get; } = [PostgreSql, Redis, Caddy];

    /// <summary>What is known of an image, of its version and kind as its tag tells them, or null.</summary>
    public static WellKnownImage? Find(ImageReference image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var known = All.FirstOrDefault(known => image.Repository == known.Repository || image.Repository.EndsWith("/" + known.Repository, StringComparison.Ordinal)
            || image.Repository == known.Repository["library/".Length..]);
        return known == PostgreSql ? PostgresOf(image) : known;
    }

    /// <summary>Whether which version an image is can't be told: it is named by its digest alone.</summary>
    public static bool IsOfUnknownVersion(ImageReference image) => image is { Tag: null, Digest: not null };

    // A tag without a number is the newest. Before 18 the volume is the data directory itself, which must be empty at first: a file system's own lost+found is in the way, so data gets a
    // directory in it, the one where a version from 18 on looks for what an earlier one has left, rather than start with nothing.
    private static WellKnownImage PostgresOf(ImageReference image)
    {
        var known = PostgreSql;
        if (Major().Match(image.Tag ?? "") is { Success: true } major && int.Parse(major.ValueSpan, CultureInfo.InvariantCulture) < 18)
            known = known with { DataPath = PostgresDataBefore18, OtherDataPath = PostgreSql.DataPath, DataFolder = "data" };
        return image.Tag?.Contains("alpine", StringComparison.Ordinal) == true ? known with { Isolation = known.Isolation with { UserId = 70, GroupId = 70 } } : known;
    }

    [GeneratedRegex(@"\A[0-9]{1,4}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Major();
}
