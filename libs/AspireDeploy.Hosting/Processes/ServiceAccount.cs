using System.Globalization;
using System.Runtime.Versioning;
using Aspire.Hosting;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>Names the unprivileged user that a server which refuses root runs as when the AppHost itself is root.</summary>
/// <param name="Name">Name in <c>/etc/passwd</c>.</param>
/// <param name="User">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="SetPriv">Full path of <c>setpriv</c>, which takes the identity and then becomes the program.</param>
internal sealed record ServiceAccount(string Name, uint User, uint Group, string SetPriv)
{
    // In order of preference. The account must have a name: initdb asks for it.
    private static readonly string[] Names = ["postgres", "nobody"];

    /// <summary>Returns the account to use, or null when this process is not root and needs none.</summary>
    /// <exception cref="DistributedApplicationException">Root has nobody to hand over to.</exception>
    public static ServiceAccount? ForRoot(ToolEnvironment environment)
    {
        if (!environment.IsRoot)
        {
            return null;
        }

        var setPriv = environment.OnPath("setpriv")
            ?? throw new DistributedApplicationException(
                "PostgreSQL does not run as root, and setpriv (package util-linux), which would hand it to another user, is not in PATH: "
                    + "install it, or run the AppHost as an ordinary user."
            );
        var accounts = File.ReadLines("/etc/passwd")
            .Select(line => line.Split(':'))
            .Where(fields => fields.Length > 3)
            .ToLookup(fields => fields[0]);
        var account = Names.SelectMany(name => accounts[name]).FirstOrDefault()
            ?? throw new DistributedApplicationException(
                "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to hand it to: create one, or run the "
                    + "AppHost "
                    + "as an ordinary user."
            );
        return new(account[0], Number(account[2]), Number(account[3]), setPriv);
    }

    /// <summary>
    /// Returns the command that starts the same program under this account, without root's variables and with no way back to its rights.
    /// <c>setpriv</c> and <c>env</c> replace themselves with it, so there is still one process.
    /// </summary>
    /// <param name="command">The program. Its variables are shown in the list of processes, so none may be a secret.</param>
    public ProcessCommand Run(ProcessCommand command) =>
        command with
        {
            ExecutablePath = SetPriv,
            Arguments =
            [
                "--reuid",
                User.ToString(CultureInfo.InvariantCulture),
                "--regid",
                Group.ToString(CultureInfo.InvariantCulture),
                "--clear-groups",
                "--no-new-privs",
                "--reset-env",
                "--",
                "env",
                .. command.Environment.Select(variable => $"{variable.Key}={variable.Value}"),
                command.ExecutablePath,
                .. command.Arguments,
            ],
            Environment = new Dictionary<string, string>(),
        };

    /// <summary>Returns whether this account can enter a directory.</summary>
    public async Task<bool> CanEnterAsync(string directory, CancellationToken cancellationToken)
    {
        var test = Run(new ProcessCommand("test", ["-x", directory], "/", new Dictionary<string, string>()));
        return (await OneShot.RunAsync(test, "", cancellationToken).ConfigureAwait(false)).ExitCode == 0;
    }

    /// <summary>
    /// Gives a directory and all that is in it to this account: the directory last, so that the account can't interfere meanwhile.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    public void Own(string directory)
    {
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                Own(entry.FullName);
            }
            else
            {
                UnixCalls.ChangeOwner(entry.FullName, User, Group);
            }
        }

        UnixCalls.ChangeOwner(directory, User, Group);
    }

    /// <summary>
    /// Takes a directory and all that is in it back from an account: the directory first, with mode 0700, so that the account can't
    /// interfere from then on. What is above it must be closed to the account.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    public static void TakeBack(string directory)
    {
        UnixCalls.ChangeOwner(directory, 0, 0);
        File.SetUnixFileMode(directory, PrivateDirectory.OwnerOnly);
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null })
            {
                TakeBack(entry.FullName);
            }
            else
            {
                UnixCalls.ChangeOwner(entry.FullName, 0, 0);
            }
        }
    }

    /// <summary>
    /// Removes a directory, which an account may own: one whose program still runs in it can't have anything else removed. What is above
    /// it must be closed to the account.
    /// </summary>
    public static void Remove(string directory)
    {
        if (
            !OperatingSystem.IsWindows()
            && Environment.IsPrivilegedProcess
            && new DirectoryInfo(directory) is { Exists: true, LinkTarget: null }
        )
        {
            TakeBack(directory);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
