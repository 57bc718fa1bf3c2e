using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What an application is run with under test, unless the test says otherwise: free ports, data of its own, no dashboard, and the AppHost's launch profile.</summary>
internal static class TestSettings
{
    /// <param name="appHost">The AppHost's assembly.</param>
    /// <param name="args">The command line that the test gives.</param>
    /// <param name="options">Filled in.</param>
    /// <param name="settings">Filled in.</param>
    /// <exception cref="DistributedApplicationException">The launch settings are malformed, or have no profile of the wanted name.</exception>
    public static void Apply(Assembly appHost, string[] args, DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.AssemblyName = appHost.GetName().Name;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        options.IsDriven = true;
        // An entry point may add to what it is given, or look at none of it.
        options.Args = options.Args is { Length: > 0 } given ? given : args;

        var defaults = LaunchProfileOf(appHost, AppHostArguments.Parse(args, strict: false).GetValueOrDefault("DOTNET_LAUNCH_PROFILE"));
        defaults["AppHost:Isolated"] = "true";
        defaults["DcpPublisher:RandomizePorts"] = "true";
        settings.Configuration ??= new();
        settings.Configuration.AddInMemoryCollection(defaults);
    }

    /// <summary>The variables of a launch profile, as they become configuration in a process that is started with them.</summary>
    private static Dictionary<string, string?> LaunchProfileOf(Assembly appHost, string? wanted)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var metadata = appHost.GetCustomAttributes<AssemblyMetadataAttribute>().ToLookup(a => a.Key, a => a.Value, StringComparer.OrdinalIgnoreCase);
        if (metadata["apphostprojectpath"].FirstOrDefault(Directory.Exists) is not { } directory
            || Path.Combine(directory, "Properties", "launchSettings.json") is var path && !File.Exists(path)
            || LaunchSettingsFile.Read(path, appHost.GetName().Name!) is not { Profiles.Count: > 0 } launch)
        {
            return values;
        }

        var name = wanted ?? launch.Profiles.Keys.First();
        if (!launch.Profiles.TryGetValue(name, out var profile))
        {
            throw new DistributedApplicationException($"The AppHost '{appHost.GetName().Name}' has no launch profile '{name}'. It has {string.Join(", ", launch.Profiles.Keys.Select(k => $"'{k}'"))}.");
        }

        values["DOTNET_LAUNCH_PROFILE"] = name;
        foreach (var (variable, value) in profile.EnvironmentVariables.Where(v => !IsAddress(v.Key)))
        {
            values[variable.Replace("__", ":", StringComparison.Ordinal)] = value;
            foreach (var prefix in (string[])["ASPNETCORE_", "DOTNET_"])
            {
                if (variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                {
                    values[variable[prefix.Length..]] = value;
                }
            }
        }

        return values;
    }

    // Where the dashboard of an ordinary run listens is not where this run's telemetry is to go.
    private static bool IsAddress(string variable) => variable.StartsWith("ASPIRE_", StringComparison.OrdinalIgnoreCase) && variable.EndsWith("_URL", StringComparison.OrdinalIgnoreCase);
}
