namespace Aspire.Hosting.ApplicationModel;

/// <summary>Data that a command returns.</summary>
public sealed class CommandResultData
{
    /// <summary>The data.</summary>
    public required string Value { get; init; }

    /// <summary>How it is written.</summary>
    public CommandResultFormat Format { get; init; }

    /// <summary>Whether it is shown without being asked for.</summary>
    public bool DisplayImmediately { get; init; }
}
