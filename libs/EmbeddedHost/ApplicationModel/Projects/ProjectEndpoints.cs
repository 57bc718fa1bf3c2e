using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address that a project listens on, from its Kestrel settings or its launch profile.</summary>
internal sealed record ProjectEndpoint(string Name, string Scheme, string Host, int Port, string? Protocols);

internal static class ProjectEndpoints
{
    /// <summary>The endpoints of a launch profile: <c>http</c>, <c>https</c>, and a number from the second of a scheme on.</summary>
    public static IReadOnlyList<ProjectEndpoint> Of(LaunchProfile profile)
    {
        var found = new List<ProjectEndpoint>();
        foreach (var url in profile.ApplicationUrl?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        {
            var address = BindingAddress.Parse(url);
            var earlier = found.Count(e => e.Scheme == address.Scheme);
            found.Add(new(earlier == 0 ? address.Scheme : $"{address.Scheme}{earlier + 1}", address.Scheme, Host(address), address.Port, null));
        }

        return found;
    }

    /// <summary>The endpoints of <c>Kestrel:Endpoints</c>: named by their scheme if they are the only ones of it, else as they are there.</summary>
    public static IReadOnlyList<ProjectEndpoint> Of(IConfiguration settings) =>
        [.. settings.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(section => section["Url"] is not null)
            .Select(section => (section.Key, Address: BindingAddress.Parse(section["Url"]!), Protocols: section["Protocols"]))
            .GroupBy(e => e.Address.Scheme)
            .SelectMany(scheme => scheme.Select(e =>
                new ProjectEndpoint(scheme.Count() == 1 ? scheme.Key : e.Key, scheme.Key, Host(e.Address), e.Address.Port, e.Protocols)))];

    /// <summary>The settings files of a project, as they stand in its directory.</summary>
    public static IConfiguration Settings(IProjectMetadata project)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(project.ProjectPath))!;
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT");
        var name = Path.GetFileName(directory);
        var builder = new ConfigurationBuilder();
        foreach (var file in (string[])["appsettings.json", $"appsettings.{environment}.json", $"{name}.settings.json", $"{name}.settings.{environment}.json"])
        {
            builder.AddJsonFile(Path.Combine(directory, file), optional: true);
        }

        return builder.Build();
    }

    private static string Host(BindingAddress address) => EndpointHostHelpers.IsLocalhost(address.Host) ? "localhost" : address.Host;
}
