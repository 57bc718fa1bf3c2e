using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>Makes a workload of a resource, with everything explicit that the declaration leaves to defaults.</summary>
internal sealed class WorkloadReading(
    PlanningOptions options,
    DeployedResources deployed,
    IReadOnlyDictionary<IResource, WorkloadPorts> ports,
    ValueReader values,
    Findings findings
)
{
    private readonly VolumeNames _volumes = new(findings.Errors);

    internal Workload Read(IResource resource, GatheredSettings settings)
    {
        LeaveOutWhatIsLocal(resource);
        var image = ImageReading.Read(resource, options, findings.Errors);
        var (known, server) = (KnownImage(image), KnownServer(resource, image));
        var mounts = MountReading.Read(resource, options, _volumes, server, findings);
        var isJob = deployed.Awaited.Contains(resource.Name);
        var probes = ProbeReading.Read(resource, ports[resource], server, options.Files, findings, settings.IsDevelopment);
        var timeouts = resource.TryGetLastAnnotation<TimeoutsAnnotation>(out var declared) ? declared : null;
        var workload = new Workload
        {
            Name = resource.Name,
            Kind = isJob ? WorkloadKind.Job : WorkloadKind.Service,
            Image = image,
            Entrypoint = resource is ContainerResource { Entrypoint: { } entrypoint } ? [entrypoint] : [],
            Arguments = settings
                .Arguments.Select((argument, index) => values.Read($"{resource.Name}.args[{index}]", argument))
                .ToEquatableArray(),
            Environment = EnvironmentReading.Read(resource, settings, image, values, findings),
            Files = [.. mounts.Files, .. ContainerFilesReading.Read(resource, settings, options, findings)],
            PullPolicy =
                resource.TryGetLastAnnotation<ContainerImagePullPolicyAnnotation>(out var pull)
                && Enum.TryParse<PullPolicy>(pull.ImagePullPolicy.ToString(), out var policy)
                    ? policy
                    : null,
            Ports = ports[resource].All,
            Probes = probes,
            HealthCommand =
                image is ProjectImage project && resource.HasAnnotationOfType<ServiceDefaultsAnnotation>()
                    ? ["dotnet", project.Assembly, "healthcheck"]
                    : [],
            Dependencies = DependencyReading.Read(resource, deployed, TellsHealth, findings),
            Mounts = mounts.Volumes,
            Scale = ScaleOf(resource),
            Memory = resource.TryGetLastAnnotation<MemoryAnnotation>(out var memory) ? memory.Memory : null,
            Cpu = resource.TryGetLastAnnotation<CpuAnnotation>(out var cpu) ? cpu.Cpu : null,
            PidLimit = resource.TryGetLastAnnotation<PidLimitAnnotation>(out var pids) ? pids.Limit : null,
            Restart =
                resource.TryGetLastAnnotation<RestartPolicyAnnotation>(out var restart) ? restart.Policy
                : isJob ? RestartPolicy.Never
                : RestartPolicy.Always,
            StopGracePeriod = timeouts?.Stop ?? server?.StopGracePeriod ?? TimeSpan.FromSeconds(30),
            StartTimeout = timeouts?.Start ?? TimeSpan.FromMinutes(5),
            JobTimeout = timeouts?.Job ?? TimeSpan.FromMinutes(10),
            // Two servers never share one server's data, nor what others keep in it.
            Update =
                server is { Outbound: false } || mounts.Volumes.Any(static mount => !mount.ReadOnly)
                    ? UpdateOrder.StopFirst
                    : UpdateOrder.StartFirst,
            Isolation = IsolationOf(resource, known),
            Outbound = server?.Outbound ?? true,
        };
        workload = DataReading.Complete(workload, server, findings.Errors);
        workload = resource switch
        {
            _ when ServerTypes.IsPostgres(resource) => PostgresReading.Complete(workload, resource, deployed),
            _ when ServerTypes.IsRedis(resource) => RedisReading.Complete(workload, resource, values, findings.Errors),
            _ => NatsReading.Complete(workload),
        };
        return workload with { Shortfalls = findings.Of(resource) };
    }

    private bool TellsHealth(IResource resource)
    {
        // What is wrong with its probes is said where it is read itself.
        var probes = ProbeReading.Read(
            resource,
            ports[resource],
            KnownServer(resource, ImageReading.Read(resource, options, [])),
            options.Files,
            new([])
        );
        return (probes.Readiness ?? probes.Startup) is not null;
    }

    private static WellKnownImage? KnownImage(ImageSource image) =>
        image is ImageReference reference ? WellKnownImages.Find(reference) : null;

    // A container whose entry point is replaced runs another program than its image is known for, but for what Aspire adds itself: its
    // Redis is started by a shell.
    private static WellKnownImage? KnownServer(IResource resource, ImageSource image) =>
        resource is ContainerResource { Entrypoint: not null } && resource.GetType() == typeof(ContainerResource)
            ? null
            : KnownImage(image);

    private static Isolation IsolationOf(IResource resource, WellKnownImage? known)
    {
        var isolation = known?.Isolation
            ?? (
                resource is not ProjectResource ? Isolation.ImageOwn
                : resource.HasAnnotationOfType<ServiceDefaultsAnnotation>() ? Isolation.DotNet
                : Isolation.DotNetWritable
            );
        if (!resource.TryGetLastAnnotation<ContainerUserAnnotation>(out var user))
            return isolation;
        // The capabilities by which an image that starts as root gives that up are of no use to another user.
        return isolation with
        {
            UserId = user.UserId,
            GroupId = user.GroupId,
            Capabilities = isolation.NonRoot ? isolation.Capabilities : [],
        };
    }

    private static Scale ScaleOf(IResource resource) =>
        resource.TryGetLastAnnotation<AutoscalingAnnotation>(out var autoscale) ? autoscale.Scale : Scale.Fixed(resource.GetReplicaCount());

    private void LeaveOutWhatIsLocal(IResource resource)
    {
        if (resource.HasAnnotationOfType<ContainerRuntimeArgsCallbackAnnotation>())
            findings.LeaveOut(
                $"{resource.Name}.runtimeArgs",
                "WithContainerRuntimeArgs gives options to the engine on this machine, which no target is given",
                "declare what they do: WithMemory, WithCpu, WithPidLimit, WithVolume"
            );
        if (resource.TryGetLastAnnotation<ContainerNameAnnotation>(out var named))
            findings.LeaveOut(
                $"{resource.Name}.containerName",
                $"{named.Name} is a container's name on this machine; deployed, replicas have names of their target's"
            );
        if (resource.HasAnnotationOfType<ContainerImagePushOptionsCallbackAnnotation>())
            findings.LeaveOut(
                $"{resource.Name}.remoteImage",
                "WithRemoteImageName and WithRemoteImageTag aren't read: images are pushed by the application's and the resource's "
                    + "name, tagged by their content"
            );
        if (resource.HasAnnotationOfType<ContainerRegistryReferenceAnnotation>())
            findings.LeaveOut(
                $"{resource.Name}.registry",
                "Images are pushed to the registry of a target, and not of a resource",
                "declare it on the targets"
            );
        foreach (var alias in resource.Annotations.OfType<ContainerNetworkAliasAnnotation>())
            findings.LeaveOut(
                $"{resource.Name}.networkAlias",
                $"{alias.Alias} is a name on this machine's network; deployed, {resource.Name} is reached by its own",
                "refer to its endpoints"
            );
    }
}
