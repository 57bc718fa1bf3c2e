using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>Makes a workload of a resource, with everything explicit that the declaration leaves to defaults.</summary>
internal sealed class WorkloadReading(PlanningOptions options, DeployedResources deployed, IReadOnlyDictionary<IResource, WorkloadPorts> ports, ValueReader values, List<PlanError> errors)
{
    private readonly VolumeNames _volumes = new(errors);

    internal Workload? Read(IResource resource, GatheredSettings settings)
    {
        CheckLocalOnly(resource);
        if (ImageReading.Of(resource, options, errors) is not { } image) return null;
        var (known, server) = (KnownImage(image), KnownServer(resource, image));
        var mounts = MountReading.Of(resource, options, _volumes, errors);
        var isStep = deployed.Awaited.Contains(resource);
        var isProject = resource is ProjectResource;
        var probes = ProbeReading.Of(resource, ports[resource], server, errors);
        var workload = new Workload
        {
            Name = resource.Name,
            Kind = isStep ? WorkloadKind.Step : WorkloadKind.Service,
            Image = image,
            Entrypoint = resource is ContainerResource { Entrypoint: { } entrypoint } ? [entrypoint] : [],
            Arguments = settings.Arguments.Select((argument, index) => values.Read($"{resource.Name}.args[{index}]", argument)).ToEquatableArray(),
            Environment = EnvironmentReading.Of(resource, settings, image, values),
            Files = mounts.Files,
            Ports = ports[resource].All,
            Probes = probes,
            HealthCommand = image is ProjectImage project && !resource.HasAnnotationOfType<HealthCommandAnnotation>() ? ["dotnet", project.Assembly, "healthcheck"] : [],
            Dependencies = DependencyReading.Of(resource, deployed, TellsHealth, errors),
            Mounts = mounts.Volumes,
            Scale = ScaleOf(resource),
            Memory = resource.TryGetLastAnnotation<MemoryAnnotation>(out var memory) ? memory.Memory : null,
            Cpu = resource.TryGetLastAnnotation<CpuAnnotation>(out var cpu) ? cpu.Cpu : null,
            Restart = resource.TryGetLastAnnotation<RestartPolicyAnnotation>(out var restart) ? restart.Policy : isStep ? RestartPolicy.Never : RestartPolicy.Always,
            StopGracePeriod = server?.StopGracePeriod ?? TimeSpan.FromSeconds(30),
            // Two servers never share one server's data, nor what others keep in it.
            Update = server is not null || mounts.Volumes.Any(static mount => !mount.ReadOnly) ? UpdateOrder.StopFirst : UpdateOrder.StartFirst,
            Isolation = known?.Isolation ?? (isProject ? Isolation.DotNet : Isolation.ImageOwn),
            Outbound = server is null,
        };
        workload = DataReading.Complete(workload, server, errors);
        return resource switch
        {
            _ when ServerTypes.IsPostgres(resource) => PostgresReading.Complete(workload, resource),
            _ when ServerTypes.IsRedis(resource) => RedisReading.Complete(workload, resource, values, errors),
            _ => workload,
        };
    }

    private bool TellsHealth(IResource resource)
    {
        // What is wrong with its probes is said where it is read itself.
        var probes = ProbeReading.Of(resource, ports[resource], ImageReading.Of(resource, options, []) is { } image ? KnownServer(resource, image) : null, []);
        return (probes.Readiness ?? probes.Startup) is not null;
    }

    private static WellKnownImage? KnownImage(ImageSource image) => image is ImageReference reference ? WellKnownImages.Find(reference) : null;

    // A container whose entry point is replaced runs another program than its image is known for, but for what Aspire adds itself: its Redis is started by a shell.
    private static WellKnownImage? KnownServer(IResource resource, ImageSource image) =>
        resource is ContainerResource { Entrypoint: not null } && resource.GetType() == typeof(ContainerResource) ? null : KnownImage(image);

    private static Scale ScaleOf(IResource resource) => resource.TryGetLastAnnotation<AutoscalingAnnotation>(out var autoscale) ? autoscale.Scale : Scale.Fixed(resource.GetReplicaCount());

    private void CheckLocalOnly(IResource resource)
    {
        if (resource.HasAnnotationOfType<ContainerRuntimeArgsCallbackAnnotation>())
            errors.Add(new($"{resource.Name}.runtimeArgs", "are options of the engine on this machine, which no target is given; declare them when running alone (builder.ExecutionContext.IsRunMode)"));
        if (resource.HasAnnotationOfType<ContainerNetworkAliasAnnotation>())
            errors.Add(new($"{resource.Name}.networkAlias", "is a name on this machine's network, and deployed a resource is reached by its own; refer to its endpoints"));
        if (resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
            errors.Add(new($"{resource.Name}.start", "is started by hand, and what is deployed starts; leave it out with ExcludeFromManifest(), or take WithExplicitStart() away"));
    }
}
