using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a command is executed with.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <inheritdoc cref="Services" />
    [Obsolete("Use Services.")]
    public IServiceProvider ServiceProvider
    {
        get => Services;
        init => Services = value;
    }

    /// <summary>The id of the instance that the command is executed on.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Cancelled when nobody wants the command to go on.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Writes to the instance's console log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The values that the command takes.</summary>
    public required InteractionInputCollection Arguments { get; init; }
}
