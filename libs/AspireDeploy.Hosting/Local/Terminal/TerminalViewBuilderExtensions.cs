using System.Reflection;
using AspireDeploy.Local;
using AspireDeploy.Local.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Spectre.Console;

namespace Aspire.Hosting;

/// <summary>Shows the run in the terminal.</summary>
public static class TerminalViewBuilderExtensions
{
    /// <summary>
    /// Shows a live table of the resources while the application runs: state, health, replicas, restarts, memory, address. Log messages
    /// scroll by above it. Where there is no terminal, as in CI, changes of state and health are written as plain lines instead.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <returns>The builder.</returns>
    public static IDistributedApplicationBuilder AddTerminalView(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // An AppHost that a test runs has no terminal of its own.
        if (!builder.ExecutionContext.IsRunMode || builder.AppHostAssembly != Assembly.GetEntryAssembly())
            return builder;
        LocalRun.AddTo(builder);
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Ansi || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RunLines>(provider, Console.Out));
            builder.Services.HostFirst<RunLines>();
            return builder;
        }

        // Whatever else wrote to the terminal would tear the table: messages go through the console that draws it.
        builder.Services.TryAddSingleton(AnsiConsole.Console);
        builder.Services.AddLogging(static logging => logging.AddFilter<ConsoleLoggerProvider>(static _ => false));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, LinesAboveTable>());
        builder.Services.AddSingleton<RunTable>();
        builder.Services.HostFirst<RunTable>();
        return builder;
    }
}
