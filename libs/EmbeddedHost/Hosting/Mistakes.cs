namespace Aspire.Hosting;

/// <summary>Shows a mistake in the declaration as one line and a non-zero exit code, where a program would otherwise end with a stack trace.</summary>
internal static class Mistakes
{
    private static int _installed;

    /// <summary>What a shell sees when the declaration or its surroundings are wrong.</summary>
    public const int ExitCode = 1;

    /// <summary>Called while the AppHost's own <c>Main</c> runs: what it declares may throw before there is an application to catch it.</summary>
    public static void ShowUnhandledOnOneLine()
    {
        if (Interlocked.Exchange(ref _installed, 1) == 0)
        {
            AppDomain.CurrentDomain.UnhandledException += (_, e) =>
            {
                if (Find(e.ExceptionObject as Exception) is { } mistake)
                {
                    Show(mistake);
                    Environment.Exit(ExitCode);
                }
            };
        }
    }

    /// <summary>The mistake that an exception stands for, or null if it is a defect of ours and wants its stack trace.</summary>
    public static DistributedApplicationException? Find(Exception? exception) => exception switch
    {
        DistributedApplicationException mistake => mistake,
        AggregateException { InnerExceptions: [var single] } => Find(single),
        _ => null,
    };

    private static void Show(DistributedApplicationException mistake)
    {
        var line = mistake.Message.ReplaceLineEndings(" ");
        Console.Error.WriteLine(Console.IsErrorRedirected ? $"error: {line}" : $"\e[31merror:\e[0m {line}");
    }
}
