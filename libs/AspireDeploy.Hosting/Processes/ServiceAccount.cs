using System.Globalization;
using System.Runtime.Versioning;
using Aspire.Hosting;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>The unprivileged user that a server which refuses root runs as when the AppHost itself is root.</summary>
/// <param name="Name">Name in <c>/etc/passwd</c>.</param>
/// <param name="User">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="SetPriv">Full path of <c>setpriv</c>, which takes the identity and then becomes the program.</param>
internal sealed record ServiceAccount(string Name, uint User, uint Group, string SetPriv)
{
    // In order of preference. The account must have a name: initdb asks for it.
    private static readonly string[] Names = ["postgres", "nobody"];

    /// <summary>The account to use, or null when this process is not root and needs none.</summary>
    /// <exception cref="DistributedApplicationException">Root has nobody to hand over to.</exception>
    public static ServiceAccount? ForRoot(ToolEnvironment environment)
    {
        if (!environment.IsRoot)
            return null;
        var setPriv = environment.OnPath("setpriv")
            ?? throw new DistributedApplicationException("PostgreSQL does not run as root, and setpriv (package util-linux), which would hand it to another user, is not in PATH: install it, or run the AppHost as an ordinary user.");
        var accounts = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToLookup(fields => fields[0]);
        var account = Names.SelectMany(name => accounts[name]).FirstOrDefault()
            ?? throw new DistributedApplicationException("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to hand it to: create one, or run the AppHost as an ordinary user.");
        return new(account[0], uint.Parse(account[2], CultureInfo.InvariantCulture), uint.Parse(account[3], CultureInfo.InvariantCulture), setPriv);
    }

    /// <summary>Starts the same program under this account. <c>setpriv</c> replaces itself with it, so there is still one process.</summary>
    public ProcessCommand Run(ProcessCommand command) => command with
    {
        ExecutablePath = SetPriv,
        Arguments = [
            "--reuid", User.ToString(CultureInfo.InvariantCulture), "--regid", Group.ToString(CultureInfo.InvariantCulture), "--clear-groups",
            "--", command.ExecutablePath, .. command.Arguments],
    };

    /// <summary>Gives a directory and all that is in it to this account.</summary>
    [UnsupportedOSPlatform("windows")]
    public void Own(string directory)
    {
        UnixCalls.ChangeOwner(directory, User, Group);
        foreach (var entry in Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories))
            UnixCalls.ChangeOwner(entry, User, Group);
    }
}
