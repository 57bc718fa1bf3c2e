using Microsoft.Extensions.Logging;

namespace AspireDeploy.Migrator;

/// <summary>Tells how far the migration is: to a person on standard output and error, and to telemetry as structured logs.</summary>
internal sealed class Progress(ILogger<Progress> logger)
{
    /// <summary>A line on standard output.</summary>
    public void Say(string line)
    {
        Console.Out.WriteLine(line);
        logger.LogInformation("{Progress}", line);
    }

    /// <summary>Why it failed, as a line on standard error; telemetry keeps the exception too.</summary>
    public void Fail(string line, Exception? reason = null)
    {
        Console.Error.WriteLine(line);
        logger.LogError(reason, "{Failure}", line);
    }
}
