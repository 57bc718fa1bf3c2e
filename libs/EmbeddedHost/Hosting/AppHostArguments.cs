namespace Aspire.Hosting;

/// <summary>
/// Reads the AppHost's command line into configuration. Aspire's own options are known by name; any configuration key can be given as
/// <c>--Section:Key value</c> or <c>Section:Key=value</c>; anything else is refused, as a misspelt option that does nothing is worse than an error.
/// </summary>
internal static class AppHostArguments
{
    private static readonly Dictionary<string, string> Valued = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--step"] = "Pipeline:Step",
        ["--output-path"] = "Pipeline:OutputPath",
        ["--log-level"] = "Pipeline:LogLevel",
        ["--environment"] = "environment",
        ["--contentRoot"] = "contentRoot",
        ["--applicationName"] = "applicationName",
        ["--backing-services"] = "BackingServices",
        ["--dcp-cli-path"] = "DcpPublisher:CliPath",
        ["--dcp-container-runtime"] = "DcpPublisher:ContainerRuntime",
        ["--dcp-dashboard-path"] = "DcpPublisher:DashboardPath",
        ["--dcp-dependency-check-timeout"] = "DcpPublisher:DependencyCheckTimeout",
    };

    private static readonly Dictionary<string, string> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--isolated"] = "AppHost:Isolated",
        ["--yes"] = "Pipeline:SkipConfirmation",
        ["--clear-cache"] = "Pipeline:ClearCache",
        ["--include-exception-details"] = "Pipeline:IncludeExceptionDetails",
    };

    /// <summary>Options that may be given more than once: their values become <c>Key:0</c>, <c>Key:1</c>, ….</summary>
    private static readonly Dictionary<string, string> Repeated = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--allow-loss"] = "Pipeline:AllowLoss",
    };

    /// <exception cref="DistributedApplicationException">An option is unknown, or its value is missing.</exception>
    public static IReadOnlyDictionary<string, string?> Parse(IReadOnlyList<string> args, bool strict)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var repeats = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = Split(args[i]);
            if (Flags.TryGetValue(name, out var flag))
            {
                values[flag] = value ?? (NextIsBoolean(args, i) ? args[++i] : "true");
            }
            else if (Valued.TryGetValue(name, out var key))
            {
                values[key] = value ?? Next(args, ref i, name);
            }
            else if (Repeated.TryGetValue(name, out var list))
            {
                var index = repeats.GetValueOrDefault(list);
                repeats[list] = index + 1;
                values[$"{list}:{index}"] = value ?? Next(args, ref i, name);
            }
            else if (ConfigurationKey(name, value, strict) is { } free)
            {
                values[free] = value ?? Next(args, ref i, name);
            }
            else if (strict)
            {
                throw new DistributedApplicationException(Unknown(args[i], name));
            }
        }

        return values;
    }

    private static (string Name, string? Value) Split(string arg)
    {
        var equals = arg.IndexOf('=');
        return equals < 0 ? (arg, null) : (arg[..equals], arg[(equals + 1)..]);
    }

    private static bool NextIsBoolean(IReadOnlyList<string> args, int i) => i + 1 < args.Count && bool.TryParse(args[i + 1], out _);

    private static string Next(IReadOnlyList<string> args, ref int i, string name) =>
        ++i < args.Count ? args[i] : throw new DistributedApplicationException($"Option '{name}' needs a value: '{name} VALUE'.");

    private static string? ConfigurationKey(string name, string? value, bool strict)
    {
        var key = name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : name.TrimStart('/');
        var isKey = key.Length > 0 && key[0] != '-' && (key.Contains(':', StringComparison.Ordinal) || key.Contains("__", StringComparison.Ordinal));
        var isAnyKey = !strict && key.Length > 0 && (value is not null || name.StartsWith("--", StringComparison.Ordinal));
        return isKey || isAnyKey ? key.Replace("__", ":", StringComparison.Ordinal) : null;
    }

    private static string Unknown(string arg, string name)
    {
        if (!name.StartsWith('-'))
        {
            return $"Unexpected argument '{arg}'. Configuration is given as 'Section:Key=value'.";
        }

        var known = Valued.Keys.Concat(Flags.Keys).Concat(Repeated.Keys).ToList();
        var hint = Spelling.Nearest(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : $" Options: {string.Join(", ", known.Where(k => !k.StartsWith("--dcp", StringComparison.Ordinal)))}.";
        return $"Unknown option '{name}'.{hint}";
    }
}
