using System.Reflection;
using Aspire.Hosting;
using Microsoft.Extensions.Options;

namespace AspireDeploy.Mistakes;

/// <summary>
/// Shows a mistake in the declaration, or in what surrounds the run, as one line and a non-zero exit code. Aspire 13.6 lets it end
/// the program with a stack trace.
/// </summary>
internal static class MistakeLine
{
    private const int ExitCode = 1;

    // Aspire's SDK writes it into an AppHost's assembly.
    private const string AppHostMark = "apphostprojectpath";

    // It throws where a server is to use HTTPS and has no certificate: Aspire's resource service, which is made before anything can be
    // checked.
    private const string KestrelHttps = "Microsoft.AspNetCore.Hosting.ListenOptionsHttpsExtensions";

    private static int _installed;

    /// <summary>Has mistakes shown so from now on, where the AppHost is a program of its own.</summary>
    internal static void Show()
    {
        if (IsAppHost(Assembly.GetEntryAssembly()) && Interlocked.Exchange(ref _installed, 1) == 0)
        {
            AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
            {
                if (For(unhandled.ExceptionObject as Exception) is { } line)
                {
                    Console.Error.WriteLine(Console.IsErrorRedirected ? $"error: {line}" : $"\e[31merror:\e[0m {line}");
                    Environment.Exit(ExitCode);
                }
            };
        }
    }

    /// <summary>Returns the line for an exception; null if it is a defect, which wants its stack trace.</summary>
    internal static string? For(Exception? exception) =>
        exception switch
        {
            AggregateException { InnerExceptions: [var single] } => For(single),
            DistributedApplicationException mistake => Line(mistake.Message),
            OptionsValidationException refused => Line(refused.Message),
            InvalidOperationException { TargetSite.DeclaringType.FullName: KestrelHttps } => DashboardCertificate.Missing(
                DashboardCertificate.ResourceService
            ),
            // What is thrown for a parameter has its name below the message.
            ArgumentException { ParamName: { } parameter } refused when IsAspires(refused) => Line(
                refused.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal)
            ),
            ArgumentException or InvalidOperationException or FileNotFoundException when IsAspires(exception) => Line(exception.Message),
            _ => null,
        };

    private static bool IsAppHost(Assembly? program) =>
        program?.GetCustomAttributes<AssemblyMetadataAttribute>().Any(mark => mark.Key == AppHostMark) == true;

    private static string Line(string message) => message.ReplaceLineEndings(" ");

    private static bool IsAspires(Exception exception) =>
        exception.TargetSite?.DeclaringType?.Assembly.GetName().Name?.StartsWith("Aspire.Hosting", StringComparison.Ordinal) == true;
}
