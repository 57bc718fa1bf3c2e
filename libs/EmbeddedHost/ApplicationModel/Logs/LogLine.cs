namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's console log.</summary>
/// <param name="LineNumber">Its place in what is being read, from 1.</param>
/// <param name="Content">When it was written, in UTC as ISO 8601 has it, a space, and what was written.</param>
/// <param name="IsErrorMessage">Whether it was written to the standard error stream.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);
