using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An environment variable of a resource. The dashboard masks its value until it is asked to show it.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsFromSpec">Whether the AppHost declared it; otherwise it comes from the process's surroundings.</param>
[DebuggerDisplay("{Value}", Name = "{Name}")]
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);
