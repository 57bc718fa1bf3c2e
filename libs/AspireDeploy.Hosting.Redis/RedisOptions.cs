namespace AspireDeploy.Redis;

/// <summary>Reads the options among the arguments that are declared for a Redis container.</summary>
internal static class RedisOptions
{
    // The password is in the configuration file; a process keeps its data as its volume has it; there is no certificate.
    private static readonly string[] Ours =
    [
        "--requirepass",
        "--save",
        "--port",
        "--tls-port",
        "--tls-cert-file",
        "--tls-key-file",
        "--tls-ca-cert-file",
        "--tls-auth-clients",
    ];

    /// <summary>Returns the options, each with its values, that are not those of Aspire's own declaration.</summary>
    /// <param name="arguments">The container's arguments: the program, then options that begin with two dashes.</param>
    public static IReadOnlyList<IReadOnlyList<string>> OfAppHost(IReadOnlyList<string> arguments)
    {
        List<List<string>> options = [];
        foreach (var argument in arguments)
        {
            if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                options.Add([argument]);
            }
            else if (options.Count > 0)
            {
                options[^1].Add(argument);
            }
        }

        return [.. options.Where(option => !Ours.Contains(option[0]))];
    }
}
