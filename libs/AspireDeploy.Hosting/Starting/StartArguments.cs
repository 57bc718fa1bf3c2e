using Aspire.Hosting;

namespace AspireDeploy.Starting;

/// <summary>The AppHost's command line, as it was given.</summary>
internal static class StartArguments
{
    private static readonly string[] Known = [IsolatedRun.Option, "--backing-services", "--allow-loss"];

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
