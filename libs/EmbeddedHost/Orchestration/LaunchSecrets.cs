using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Which texts that instances were started with are secrets, so that they are not shown where they come back from the engine.</summary>
internal sealed class LaunchSecrets
{
    private readonly ConcurrentDictionary<string, HashSet<string>> _byInstance = new();

    public void Remember(string instance, ResolvedConfiguration configuration) =>
        _byInstance[instance] = [.. configuration.Arguments.Concat(configuration.Environment.Values).Where(value => value.IsSecret).Select(value => value.Text!)];

    public bool IsSecret(string instance, string text) => _byInstance.TryGetValue(instance, out var secrets) && secrets.Contains(text);
}
