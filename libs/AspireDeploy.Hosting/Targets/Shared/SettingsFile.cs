namespace AspireDeploy.Targets.Shared;

/// <summary>A file of settings that a script reads parameters from.</summary>
/// <param name="Path">Its path, in the script's folder.</param>
/// <param name="IsQuoted">Whether values may stand in quotes, which are none of theirs.</param>
internal sealed record SettingsFile(string Path, bool IsQuoted);
