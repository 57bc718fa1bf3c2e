namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the data that a command returns is written.</summary>
public enum CommandResultFormat
{
    /// <summary>Plain text.</summary>
    Text,

    /// <summary>JSON.</summary>
    Json,

    /// <summary>Markdown.</summary>
    Markdown,
}
