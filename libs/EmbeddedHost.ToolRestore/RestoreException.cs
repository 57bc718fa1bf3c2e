namespace AspireDeploy.ToolRestore;

/// <summary>A tool could not be restored, for a reason that its message gives in one line.</summary>
internal sealed class RestoreException(string message) : Exception(message);
