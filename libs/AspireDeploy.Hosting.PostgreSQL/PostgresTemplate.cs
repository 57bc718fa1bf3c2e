using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>
/// Keeps a freshly initialised cluster beside the fetched tools, one for each version and superuser: copying it takes a tenth of the time
/// of <c>initdb</c>. Nobody can log in to it, as its password was random and is forgotten. Where root runs the AppHost it is root's, and
/// not the account's that runs PostgreSQL.
/// </summary>
internal sealed partial class PostgresTemplate(PostgresInstallation installation, ToolCache cache)
{
    private const string UsualSuperuser = "postgres";

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Makes a new data directory for <paramref name="superuser"/>. It appears whole or not at all.</summary>
    public async Task CopyToAsync(string dataDirectory, string superuser, CancellationToken cancellationToken)
    {
        var template = await EnsureAsync(superuser, cancellationToken).ConfigureAwait(false);
        var incoming = dataDirectory + ".new";
        if (Directory.Exists(incoming))
        {
            ServiceAccount.Remove(incoming);
        }

        CopyTree(new DirectoryInfo(template), incoming);
        if (installation.Account is { } account && !OperatingSystem.IsWindows())
        {
            account.Own(incoming);
        }

        if (Directory.Exists(dataDirectory))
        {
            // It is empty.
            Directory.Delete(dataDirectory);
        }

        Directory.Move(incoming, dataDirectory);
    }

    private async Task<string> EnsureAsync(string superuser, CancellationToken cancellationToken)
    {
        var root = Path.Combine(cache.Root, "postgres-clusters");
        // A name may hold what a file name may not, so its hash stands for it.
        var owner = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(superuser)).AsSpan(0, 6));
        var template = Path.Combine(root, $"{installation.Version}-of-{owner}");
        if (PrivateDirectory.IsOurs(template))
        {
            return template;
        }

        try
        {
            ReadableDirectory.Create(cache.Root);
            ReadableDirectory.Create(root);
            using var held = await FileLock.TakeAsync(Path.Combine(root, ".lock"), Timeout, cancellationToken).ConfigureAwait(false)
                ?? throw new IOException("another run has held its lock for minutes");
            if (!PrivateDirectory.IsOurs(template))
            {
                await InitialiseAsync(template, superuser, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException(
                $"{root} can't be written ({failure.Message.TrimEnd('.')}): set {ToolCache.RootVariable} to a directory of yours.",
                failure
            );
        }

        return template;
    }

    private async Task InitialiseAsync(string template, string superuser, CancellationToken cancellationToken)
    {
        // The half-made cluster of a run that died, if any, goes: the lock is ours.
        var staging = template + ".new";
        if (Directory.Exists(staging))
        {
            ServiceAccount.Remove(staging);
        }

        PrivateDirectory.Create(staging);
        var password = Path.Combine(staging, "password");
        var cluster = Path.Combine(staging, "cluster");
        PrivateDirectory.Create(cluster);
        var forgotten = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        await PrivateDirectory.WriteSecretAsync(password, forgotten, cancellationToken).ConfigureAwait(false);
        if (installation.Account is { } account && !OperatingSystem.IsWindows())
        {
            account.Own(staging);
        }

        // initdb writes a name into its statements as it stands, so one that needs quotes is given afterwards.
        var initial = PlainName().IsMatch(superuser) ? superuser : UsualSuperuser;
        // The built-in provider sorts alike on every system; versions before it have it not.
        string[] locale =
            installation.Major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] : ["--locale=C"];
        var outcome = await OneShot
            .RunAsync(
                installation.Command(
                    "initdb",
                    [
                        "--pgdata",
                        cluster,
                        $"--username={initial}",
                        "--pwfile",
                        password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        .. locale,
                        // Small log segments: the template is copied for every throw-away cluster.
                        "--wal-segsize=1",
                        "--no-sync",
                        "--no-instructions",
                    ],
                    staging
                ),
                "",
                cancellationToken
            )
            .ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            throw new DistributedApplicationException(
                $"PostgreSQL {installation.Version} could not make a new cluster for '{superuser}': {outcome.Complaint}"
            );
        }

        if (superuser != initial)
        {
            // ALTER ROLE doesn't rename who runs it. The number is that of every cluster's first user.
            await ChangeAsync(
                    cluster,
                    $"UPDATE pg_authid SET rolname = {PostgresSingleUser.Literal(superuser)} WHERE oid = 10",
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        if (superuser != UsualSuperuser)
        {
            // A client that names no database asks for the one called like its user, which initdb makes for 'postgres' alone.
            await ChangeAsync(cluster, $"CREATE DATABASE {PostgresSingleUser.Identifier(superuser)}", cancellationToken)
                .ConfigureAwait(false);
        }

        if (installation.Account is not null && !OperatingSystem.IsWindows())
        {
            ServiceAccount.TakeBack(staging);
        }

        if (!PrivateDirectory.IsOurs(cluster))
        {
            throw new DistributedApplicationException(
                $"{cluster} was replaced by a link while PostgreSQL made it, which a program of the user "
                    + $"'{installation.Account?.Name}' must have "
                    + "done: end that program."
            );
        }

        RemoveForeign(template);
        Directory.Move(cluster, template);
        Directory.Delete(staging, recursive: true);
    }

    // An earlier version of this library left it to the account.
    private static void RemoveForeign(string template)
    {
        if (new DirectoryInfo(template) is { Exists: true, LinkTarget: null })
        {
            ServiceAccount.Remove(template);
        }
        else
        {
            File.Delete(template);
        }
    }

    private async Task ChangeAsync(string cluster, string statement, CancellationToken cancellationToken)
    {
        var opened = new PostgresSingleUser(installation, cluster);
        if (await opened.RunAsync(statement, cancellationToken).ConfigureAwait(false) is { } complaint)
        {
            throw new DistributedApplicationException(
                $"PostgreSQL {installation.Version} could not make a new cluster for the declared user: {complaint}"
            );
        }
    }

    // A cluster holds no links: one would have been put there by somebody else.
    private static void CopyTree(DirectoryInfo source, string target)
    {
        PrivateDirectory.Create(target);
        foreach (var directory in source.EnumerateDirectories().Where(directory => directory.LinkTarget is null))
        {
            CopyTree(directory, Path.Combine(target, directory.Name));
        }

        foreach (var file in source.EnumerateFiles().Where(file => file.LinkTarget is null))
        {
            file.CopyTo(Path.Combine(target, file.Name));
        }
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex PlainName();
}
