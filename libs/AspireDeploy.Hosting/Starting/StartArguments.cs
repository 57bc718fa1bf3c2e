using Aspire.Hosting;

namespace AspireDeploy.Starting;

/// <summary>The AppHost's command line, as it was given.</summary>
internal static class StartArguments
{
    private static readonly string[] Known = [IsolatedRun.Option, "--backing-services", "--allow-loss"];

    private static readonly (string Option, string Example)[] Valued = [("--allow-loss", "api.memory"), ("--output-path", "out")];

    internal static IReadOnlyList<string> Read(IDistributedApplicationBuilder builder) =>
        builder.Services.Select(service => service.ImplementationInstance).OfType<DistributedApplicationOptions>().LastOrDefault()?.Args
        ?? [];

    /// <summary>Refuses an option that is nearly one of ours: misspelt, it would do nothing.</summary>
    /// <exception cref="DistributedApplicationException">There is one.</exception>
    internal static void RefuseMisspelt(IEnumerable<string> arguments)
    {
        foreach (
            var name in arguments.Select(argument => argument.Split('=')[0]).Where(name => name.StartsWith("--", StringComparison.Ordinal))
        )
        {
            if (
                !Known.Contains(name, StringComparer.OrdinalIgnoreCase)
                && Known.FirstOrDefault(known => Distance(known, name) <= 2) is { } nearest
            )
            {
                throw new DistributedApplicationException($"Unknown option '{name}'. Did you mean '{nearest}'?");
            }
        }
    }

    /// <summary>Refuses an option that wants a value and has none.</summary>
    /// <exception cref="DistributedApplicationException">There is one.</exception>
    internal static void RefuseEmpty(IReadOnlyList<string> arguments)
    {
        foreach (var (option, example) in Valued)
        {
            for (var at = 0; at < arguments.Count; at++)
            {
                var value =
                    arguments[at].StartsWith($"{option}=", StringComparison.OrdinalIgnoreCase) ? arguments[at][(option.Length + 1)..]
                    : !arguments[at].Equals(option, StringComparison.OrdinalIgnoreCase) ? null
                    : at + 1 < arguments.Count && !arguments[at + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[at + 1]
                    : "";
                if (value is not null && string.IsNullOrWhiteSpace(value))
                    throw new DistributedApplicationException($"{option} has no value; write one, as in {option} {example}.");
            }
        }
    }

    // How many letters have to be changed, added or taken away.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
