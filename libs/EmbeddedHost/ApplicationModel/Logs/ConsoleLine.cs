namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line that a process, or the host on its behalf, has written.</summary>
/// <param name="Timestamp">When, in UTC; null if that is not known, and then it is as old as the line before it.</param>
/// <param name="Content">What, without its line end.</param>
/// <param name="IsError">Whether to the standard error stream.</param>
internal readonly record struct ConsoleLine(DateTime? Timestamp, string Content, bool IsError);
