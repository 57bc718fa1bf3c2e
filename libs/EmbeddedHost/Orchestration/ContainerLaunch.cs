using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes DCP's container of an instance.</summary>
internal sealed class ContainerLaunch(
    IConfiguration configuration, DistributedApplicationExecutionContext executionContext, ResourceLoggerService loggers, LaunchSecrets secrets)
    : IDisposable
{
    private const int HashLength = 10;

    private readonly SemaphoreSlim _once = new(1, 1);
    private bool _hasNetwork;

    /// <summary>Whether any container has been made.</summary>
    public bool AreUsed => _hasNetwork;

    private string NetworkName => $"aspire-{configuration["AppHost:Sha256"]?[..HashLength].ToLowerInvariant()}-{Environment.ProcessId}";

    public async Task<Container> ForAsync(Instance instance, DcpClient client, CancellationToken cancellationToken)
    {
        var resource = (ContainerResource)instance.Resource;
        var image = resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new DistributedApplicationException($"'{resource.Name}' has no image: declare one with WithImage.");
        await EnsureNetworkAsync(client, cancellationToken).ConfigureAwait(false);
        var resolved = await ResolvedConfiguration.OfAsync(resource, executionContext, loggers.GetLogger(instance.Name), cancellationToken).ConfigureAwait(false);
        secrets.Remember(instance.Name, resolved);

        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        var producers = endpoints.Where(e => e.IsProxied).Select(e => new ServiceProducer(EndpointAllocation.ServiceName(resource, e), e.TargetHost, e.TargetPort)).ToList();
        var name = instance.NextObject();
        return new Container
        {
            Metadata =
            {
                Name = name,
                Annotations = new()
                {
                    ["resource-name"] = resource.Name,
                    ["otel-service-name"] = resource.Name,
                    ["otel-service-instance-id"] = instance.Name,
                    [ServiceProducer.Annotation] = JsonSerializer.Serialize(producers, DcpJson.Default.ListServiceProducer),
                },
            },
            Spec = new()
            {
                Image = image.Reference,
                ContainerName = name,
                Command = resource.Entrypoint,
                Args = [.. resolved.Arguments.Select(argument => argument.Text!)],
                Env = [.. resolved.Environment.Select(variable => new EnvVar(variable.Key, variable.Value.Text!))],
                Ports = [.. endpoints.Select(endpoint => Port(resource, endpoint))],
                VolumeMounts = [.. resource.Annotations.OfType<ContainerMountAnnotation>().Select(Mount)],
                Networks = [new(NetworkName, [resource.Name])],
            },
        };
    }

    public void Dispose() => _once.Dispose();

    private async Task EnsureNetworkAsync(DcpClient client, CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_hasNetwork)
            {
                await client.CreateAsync(new ContainerNetwork { Metadata = { Name = NetworkName }, Spec = new() { NetworkName = NetworkName } }, cancellationToken).ConfigureAwait(false);
                _hasNetwork = true;
            }
        }
        finally
        {
            _once.Release();
        }
    }

    private static ContainerPort Port(ContainerResource resource, EndpointAnnotation endpoint) => new(
        endpoint.TargetPort ?? throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of container '{resource.Name}' must say on which port the container listens: set its target port."),
        endpoint.IsProxied ? null : endpoint.AllocatedEndpoint?.Port,
        "127.0.0.1");

    private static ContainerVolumeMount Mount(ContainerMountAnnotation mount) =>
        new(mount.Type == ContainerMountType.BindMount ? "bind" : "volume", mount.Source ?? "", mount.Target, mount.IsReadOnly);
}
