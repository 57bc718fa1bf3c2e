using Aspire.Hosting.Tools;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Publishing;

/// <summary>Finds the engine's command on the path.</summary>
internal sealed class ContainerRuntimeResolver(IConfiguration configuration) : IContainerRuntimeResolver
{
    private static readonly string[] Known = ["docker", "podman"];

    public Task<IContainerRuntime> ResolveAsync(CancellationToken cancellationToken = default)
    {
        var tools = ToolEnvironment.ForProcess();
        var wanted = configuration["DcpPublisher:ContainerRuntime"] ?? tools.Variable("ASPIRE_CONTAINER_RUNTIME") ?? tools.Variable("DOTNET_ASPIRE_CONTAINER_RUNTIME");
        if (wanted is not null && !Known.Contains(wanted, StringComparer.OrdinalIgnoreCase))
        {
            throw new DistributedApplicationException($"Container engine '{wanted}' is unknown. Engines are {string.Join(" and ", Known)}.");
        }

        foreach (var name in wanted is null ? Known : [wanted.ToLowerInvariant()])
        {
            if (tools.OnPath(name) is { } path)
            {
                return Task.FromResult<IContainerRuntime>(new ContainerCli(name == "docker" ? "Docker" : "Podman", path));
            }
        }

        throw new DistributedApplicationException($"Building images needs {(wanted is null ? "Docker or Podman" : $"'{wanted}'")}, which isn't installed or isn't on the path.");
    }
}
