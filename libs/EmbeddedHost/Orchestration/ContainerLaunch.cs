using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes DCP's container of an instance.</summary>
internal sealed class ContainerLaunch(
    ContainersNetwork network,
    HostTunnel tunnel,
    ContainerKeeping keeping,
    DistributedApplicationExecutionContext executionContext,
    ResourceLoggerService loggers,
    LaunchSecrets secrets)
{
    /// <summary>Whether a container has been asked for.</summary>
    public bool AreUsed => network.IsAsked;

    public async Task<Container> ForAsync(Instance instance, DcpClient client, CancellationToken cancellationToken)
    {
        var resource = (ContainerResource)instance.Resource;
        var image = resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()
            ?? throw new DistributedApplicationException($"'{resource.Name}' has no image: declare one with WithImage.");
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        var ports = endpoints.Select(endpoint => Port(resource, endpoint)).ToList();
        var logger = loggers.GetLogger(instance.Name);
        await network.MakeAsync(client, logger, cancellationToken).ConfigureAwait(false);
        var resolved = await ResolvedConfiguration.OfAsync(
            resource, executionContext, logger, cancellationToken, values => tunnel.ReachAsync(client, values, cancellationToken)).ConfigureAwait(false);
        secrets.Remember(instance.Name, resolved);

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
                    ["otel-service-instance-id"] = instance.Suffix,
                    [ServiceProducer.Annotation] = JsonSerializer.Serialize(producers, DcpJson.Default.ListServiceProducer),
                },
            },
            Spec = new()
            {
                Image = image.Reference,
                ContainerName = keeping.ContainerName(resource, name),
                Persistent = ContainerKeeping.IsPersistent(resource) ? true : null,
                PullPolicy = PullPolicy(resource),
                Command = resource.Entrypoint,
                Args = Arguments(resource, [.. resolved.Arguments.Select(argument => argument.Text!)]),
                RunArgs = await RunArgumentsAsync(resource, cancellationToken).ConfigureAwait(false),
                Env = [.. resolved.Environment.Select(variable => new EnvVar(variable.Key, variable.Value.Text!))],
                Ports = ports,
                VolumeMounts = await keeping.MountsAsync(resource, client, cancellationToken).ConfigureAwait(false),
                Networks = [new(ContainersNetwork.Name, [resource.Name, ContainersNetwork.HostOf(resource), .. resource.Annotations.OfType<ContainerNetworkAliasAnnotation>().Select(a => a.Alias)])],
            },
        };
    }

    private static ContainerPort Port(ContainerResource resource, EndpointAnnotation endpoint) => new(
        endpoint.TargetPort ?? throw new DistributedApplicationException($"Endpoint '{endpoint.Name}' of container '{resource.Name}' must say on which port the container listens: set its target port."),
        endpoint.IsProxied ? null : endpoint.AllocatedEndpoint?.Port,
        "127.0.0.1",
        endpoint.Protocol == System.Net.Sockets.ProtocolType.Udp ? "UDP" : "TCP");

    private static List<string> Arguments(ContainerResource resource, List<string> arguments) =>
        resource.ShellExecution is true ? ["-c", string.Join(' ', arguments)] : arguments;

    private static string? PullPolicy(ContainerResource resource) => resource.Annotations.OfType<ContainerImagePullPolicyAnnotation>().LastOrDefault()?.ImagePullPolicy switch
    {
        ImagePullPolicy.Always => "always",
        ImagePullPolicy.Missing => "missing",
        ImagePullPolicy.Never => "never",
        _ => null,
    };

    private async Task<List<string>?> RunArgumentsAsync(ContainerResource resource, CancellationToken cancellationToken)
    {
        var context = new ContainerRuntimeArgsCallbackContext([], cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        var texts = new List<string>();
        foreach (var argument in context.Args)
        {
            if ((await ResolvedConfiguration.ValueAsync(resource, argument, executionContext, cancellationToken).ConfigureAwait(false)).Text is { } text)
            {
                texts.Add(text);
            }
        }

        return texts.Count == 0 ? null : texts;
    }
}
