using System.Globalization;
using System.Text.RegularExpressions;
using AspireDeploy.Processes;
using AspireDeploy.Tools;

namespace AspireDeploy.PostgreSQL;

/// <summary>Holds PostgreSQL's programs, and the account they run as.</summary>
/// <param name="BinDirectory">Holds <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Version">As the server tells it, such as 18.4.</param>
/// <param name="Account">Who runs it when this process is root.</param>
internal sealed partial record PostgresInstallation(string BinDirectory, string Version, ServiceAccount? Account)
{
    /// <summary>Gets the part of the version that decides whether a data directory can be opened.</summary>
    public int Major => int.Parse(Version.Split('.')[0], CultureInfo.InvariantCulture);

    /// <summary>Tries the server's program, under the account that will run it.</summary>
    /// <exception cref="DistributedApplicationException">It does not run.</exception>
    public static async Task<PostgresInstallation> OpenAsync(
        PostgresTool tool,
        ToolEnvironment environment,
        CancellationToken cancellationToken
    )
    {
        var account = OperatingSystem.IsWindows() ? null : ServiceAccount.ForRoot(environment);
        var installation = new PostgresInstallation(tool.BinDirectory, "0", account);
        var command = installation.Command("postgres", ["--version"], Path.GetTempPath());
        var answer = await OneShot.RunAsync(command, "", cancellationToken).ConfigureAwait(false);
        if (VersionPattern().Match(answer.Output) is { Success: true, Value: var version })
        {
            return installation with { Version = version };
        }

        var who = account is null ? "" : $" as user '{account.Name}', whom root hands it to";
        throw new DistributedApplicationException(
            $"PostgreSQL in {tool.BinDirectory} does not run{who}: {answer.Complaint.TrimEnd('.')}. Set "
                + $"{ToolCache.RootVariable} to a directory that user can read, or {PostgresTool.DirectoryVariable} to another PostgreSQL."
        );
    }

    /// <summary>Returns the command that runs a program of it under the right account.</summary>
    public ProcessCommand Command(string program, IReadOnlyList<string> arguments, string workingDirectory)
    {
        var path = Path.Combine(BinDirectory, OperatingSystem.IsWindows() ? program + ".exe" : program);
        var command = new ProcessCommand(path, arguments, workingDirectory, new Dictionary<string, string> { ["LC_ALL"] = "C" });
        return Account is not null && !OperatingSystem.IsWindows() ? Account.Run(command) : command;
    }

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )\d+(\.\d+)?")]
    private static partial Regex VersionPattern();
}
