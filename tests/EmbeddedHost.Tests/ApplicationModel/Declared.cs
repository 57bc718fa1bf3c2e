using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.ApplicationModel;

/// <summary>A declaration to look at, without anything that runs.</summary>
internal static class Declared
{
    public static DistributedApplicationBuilder Builder(params string[] args) =>
        new(new DistributedApplicationOptions { Args = args, DisableDashboard = true, ProjectDirectory = AppContext.BaseDirectory });

    /// <summary>Gives every endpoint of a resource an address on this machine.</summary>
    public static void Allocate(IResource resource, int firstPort)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.AllocatedEndpoint = new(endpoint, "localhost", firstPort++, "12345");
        }
    }

    public static async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(IResource resource, DistributedApplicationOperation operation = DistributedApplicationOperation.Run)
    {
        var resolved = await ResolveAsync(resource, operation);
        return resolved.Environment.ToDictionary(v => v.Key, v => v.Value.Text!);
    }

    public static Task<ResolvedConfiguration> ResolveAsync(IResource resource, DistributedApplicationOperation operation = DistributedApplicationOperation.Run) =>
        ResolvedConfiguration.OfAsync(resource, new(operation), NullLogger.Instance, TestContext.Current.CancellationToken);

    /// <summary>A project's metadata with launch settings of its own.</summary>
    internal sealed class Project : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(AppContext.BaseDirectory, "Nowhere", "Web.csproj");

        public LaunchSettings? LaunchSettings { get; } = new()
        {
            Profiles =
            {
                ["IIS Express"] = new() { CommandName = "IISExpress" },
                ["http"] = new()
                {
                    CommandName = "Project",
                    ApplicationUrl = "http://localhost:5080",
                    EnvironmentVariables = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["COLOUR"] = "blue" },
                },
                ["https"] = new() { CommandName = "Project", ApplicationUrl = "https://localhost:7080;http://localhost:5080;http://localhost:5081" },
            },
        };
    }
}
