using Aspire.Hosting;

namespace AspireDeploy;

/// <summary>
/// Ends the AppHost with one line where a mistake in its declaration is thrown and nobody catches it. The runtime would write a stack trace to the terminal and dump the process; Aspire 13.6 leaves it
/// at that.
/// </summary>
internal static class UnhandledMistake
{
    private static int _isHandled;

    /// <summary>Has such a mistake told in one line, from now on.</summary>
    internal static void Handle()
    {
        if (Interlocked.Exchange(ref _isHandled, 1) == 0) AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) => Tell(unhandled.ExceptionObject as Exception);
    }

    private static void Tell(Exception? thrown)
    {
        if ((thrown is AggregateException { InnerExceptions: [var only] } ? only : thrown) is not DistributedApplicationException mistake) return;
        Console.Error.WriteLine($"error: {mistake.Message}");
        Environment.Exit(1);
    }
}
