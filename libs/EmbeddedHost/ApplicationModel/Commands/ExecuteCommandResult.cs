namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command went.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it did what it is for.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether somebody called it off.</summary>
    public bool Canceled { get; init; }

    /// <summary>What a person is told.</summary>
    public string? Message { get; init; }

    /// <inheritdoc cref="Message" />
    [Obsolete("Use Message.")]
    public string? ErrorMessage
    {
        get => Message;
        init => Message ??= value;
    }

    /// <summary>Data that it returns.</summary>
    public CommandResultData? Data { get; init; }

    /// <summary>The arguments, with what is wrong with them.</summary>
    internal InteractionInputCollection? InvalidArguments { get; init; }
}
