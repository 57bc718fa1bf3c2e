using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Starting;

/// <summary>
/// Honours <c>--isolated</c> on the AppHost's own command line: the run takes free ports and data of its own, so that it can stand beside
/// another of the same copy. Aspire 13.6 knows the option from <c>aspire run</c> alone, which sets the same configuration.
/// </summary>
internal static class IsolatedRun
{
    internal const string Option = "--isolated";

    private const string Key = "DcpPublisher:RandomizePorts";

    /// <summary>Returns whether a run takes free ports: with the option, from <c>aspire run --isolated</c>, or under test.</summary>
    internal static bool IsIsolated(IConfiguration configuration) => configuration.GetValue(Key, false);

    /// <summary>Sets the configuration where the option was given.</summary>
    internal static void Honour(IDistributedApplicationBuilder builder)
    {
        var arguments = StartArguments.Read(builder);
        if (
            !builder.ExecutionContext.IsRunMode
            || !arguments.Contains(Option, StringComparer.OrdinalIgnoreCase)
            || IsIsolated(builder.Configuration)
        )
        {
            return;
        }

        // The configuration has taken what follows for the option's value.
        builder.Configuration.AddCommandLine([
            .. arguments.Where(argument => !argument.Equals(Option, StringComparison.OrdinalIgnoreCase)),
        ]);
        builder.Configuration[Key] = "true";
    }
}
