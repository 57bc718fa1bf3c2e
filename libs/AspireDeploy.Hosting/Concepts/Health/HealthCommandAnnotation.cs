using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>The command that tells a resource's health, as <see cref="Aspire.Hosting.HealthCommandBuilderExtensions.WithHealthCommand"/> declares it.</summary>
/// <param name="command">Program and arguments.</param>
internal sealed class HealthCommandAnnotation(EquatableArray<string> command) : IResourceAnnotation
{
    /// <summary>Program and arguments.</summary>
    public EquatableArray<string> Command { get; } = command;
}
