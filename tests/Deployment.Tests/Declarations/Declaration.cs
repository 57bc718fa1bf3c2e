using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Declarations;

/// <summary>A few lines of an AppHost, which declare one thing.</summary>
/// <param name="Name">The name of the file with what is published of it.</param>
/// <param name="Declare">The lines.</param>
internal sealed record Declaration(string Name, Action<IDistributedApplicationBuilder> Declare)
{
    /// <summary>Gets the solution's files.</summary>
    internal Planned Solution { get; init; } = new();

    /// <summary>Gets every one of them.</summary>
    internal static IReadOnlyList<Declaration> All { get; } =
    [.. Programs.All, .. Settings.All, .. Health.All, .. Running.All, .. Files.All, .. Images.All, .. Servers.All, .. Gateways.All];
}
