using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>The AppHost's user secrets: values that stay on this machine, outside the repository.</summary>
[Experimental("ASPIREUSERSECRETS001")]
public interface IUserSecretsManager
{
    /// <summary>Whether the AppHost has any: its project says so with <c>UserSecretsId</c>.</summary>
    bool IsAvailable { get; }

    /// <summary>The file that they are in.</summary>
    string FilePath { get; }

    /// <summary>Sets one.</summary>
    /// <param name="name">Its configuration key.</param>
    /// <param name="value">Its value.</param>
    /// <returns>Whether it could be kept.</returns>
    bool TrySetSecret(string name, string value);

    /// <summary>Removes one.</summary>
    /// <param name="name">Its configuration key.</param>
    /// <returns>Whether it was there.</returns>
    bool TryDeleteSecret(string name);

    /// <summary>Reads one from configuration, or makes it up, keeps it and puts it there.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="name">Its configuration key.</param>
    /// <param name="valueGenerator">Makes it up.</param>
    void GetOrSetSecret(IConfigurationManager configuration, string name, Func<string> valueGenerator);

    /// <summary>Replaces all of them.</summary>
    /// <param name="state">The new ones.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when they are kept.</returns>
    Task SaveStateAsync(JsonObject state, CancellationToken cancellationToken = default);
}
