using AspireDeploy.ServiceDefaults;

namespace AspireDeploy.Migrator;

/// <summary>What the migrator is asked to do.</summary>
internal enum Request
{
    /// <summary>Apply what is pending, then seed.</summary>
    Migrate,

    /// <summary>Show what is pending and change nothing.</summary>
    List,

    /// <summary>Show how it is used.</summary>
    Help,
}

/// <summary>The migrator's command line.</summary>
internal static class CommandLine
{
    internal const string Usage = """
        Brings the catalog's database up to date, then ends.

        usage: Migrator [--list]

          --list   show which migrations are pending and change nothing
          --help   show this

        The database is ConnectionStrings:catalog (ConnectionStrings__catalog in the environment, or a file of that name in /run/secrets).
        Exit codes: 0 done, 1 failed, 2 wrongly configured.
        """;

    /// <exception cref="SettingException">An argument is unknown.</exception>
    internal static Request Parse(string[] args)
    {
        var request = Request.Migrate;
        foreach (var argument in args)
        {
            request = argument switch
            {
                "--list" => Request.List,
                "--help" or "-h" => Request.Help,
                _ => throw new SettingException($"Unknown option '{argument}'; the migrator takes --list or --help."),
            };
            if (request == Request.Help)
                break;
        }
        return request;
    }
}
