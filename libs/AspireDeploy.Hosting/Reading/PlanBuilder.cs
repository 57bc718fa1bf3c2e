using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Makes a plan of an app model. It starts nothing, resolves no secret and changes nothing; the callbacks of the declaration run, as
/// publishing has them run. What can't be read into the plan is an error, falls short of the declaration or isn't deployed, and the plan
/// says so with a remedy: nothing is left out in silence.
/// </summary>
internal static class PlanBuilder
{
    /// <summary>Makes the plan, in order and sound.</summary>
    /// <param name="model">The app model.</param>
    /// <param name="execution">What the AppHost was started for; callbacks are told.</param>
    /// <param name="options">What must be known beside the model.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="PlanException">Something in the declaration can't be deployed; every reason is in it.</exception>
    public static async Task<DeploymentPlan> BuildAsync(
        DistributedApplicationModel model,
        DistributedApplicationExecutionContext execution,
        PlanningOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<PlanError>();
        var deployed = new DeployedResources(model);
        var settings = new Dictionary<IResource, GatheredSettings>();
        foreach (var resource in deployed.Workloads)
            settings[resource] = await GatheredSettings.ReadAsync(resource, execution, cancellationToken);
        var plan = Build(model, deployed, settings, options, new(errors), new HashSet<string>());
        errors.AddRange(ResolvedSecrets.Find(plan, [.. model.Resources]));
        return errors.Count > 0 ? throw new PlanException(errors) : PlanValidation.Sound(plan);
    }

    private static DeploymentPlan Build(
        DistributedApplicationModel model,
        DeployedResources deployed,
        Dictionary<IResource, GatheredSettings> settings,
        PlanningOptions options,
        Findings findings,
        IReadOnlySet<string> kept
    )
    {
        foreach (var left in deployed.LeftOut(model))
            findings.LeaveOut(left.Name, left.Why, left.Remedy);
        var errors = findings.Errors;
        var routed = deployed
            .Gateways.SelectMany(static gateway => gateway.Routes)
            .Select(route => deployed.WorkloadOf(route.Service))
            .OfType<IResource>()
            .ToHashSet();
        var outside = WorkloadPorts.DeclaredOutside(deployed.Workloads, deployed.Gateways);
        var ports = deployed.Workloads.ToDictionary(
            static resource => resource,
            resource => new WorkloadPorts(resource, routed.Contains(resource), outside)
        );
        var values = new ValueReader(PortOf, deployed, errors, kept);
        var reading = new WorkloadReading(options, deployed, ports, values, findings);
        var workloads = deployed.Workloads.Select(resource => reading.Read(resource, settings[resource])).ToEquatableArray();
        if (deployed.Gateways.Count > 1)
            errors.Add(
                new(
                    deployed.Gateways[1].Name,
                    $"is a second gateway beside {deployed.Gateways[0].Name}, and a deployment has one gateway; give its routes to "
                        + $"{deployed.Gateways[0].Name}"
                )
            );
        // Read again, since what was read before has them as values that anybody may see.
        if (values.Unencodable.Count > 0 && errors.Count == 0)
            return Build(model, deployed, settings, options, new(errors), values.Unencodable);
        var gateway = deployed.Gateways.Count > 0 ? deployed.Gateways[0] : null;
        var published = gateway is null ? null : GatewayReading.Read(gateway, PortOf, deployed, values, errors);
        var host = gateway is null ? null : GatewayReading.HostParameter(gateway);
        if (published is not null)
            GatewayReading.LeaveOutUnrouted(published, deployed.Workloads, PortOf, findings);
        var silent = deployed
            .Workloads.Where(static resource => resource.HasAnnotationOfType<OtlpExporterAnnotation>())
            .Where(resource =>
                !workloads.Any(workload =>
                    workload.Name == resource.Name
                    && workload.Environment.Any(static variable => variable.Name.StartsWith("OTEL_EXPORTER_OTLP", StringComparison.Ordinal))
                )
            )
            .Select(static resource => resource.Name)
            .ToList();
        if (silent.Count > 0)
            findings.LeaveOut(
                "telemetry",
                $"Locally {string.Join(", ", silent)} report{(silent.Count > 1 ? "" : "s")} to the dashboard; deployed, telemetry "
                    + "goes nowhere",
                "tell a collector of your own, WithEnvironment(\"OTEL_EXPORTER_OTLP_ENDPOINT\", ...)"
            );
        foreach (var (path, by) in values.Decided)
            findings.LeaveOut(
                path,
                $"It is one of two values, taken by {by} while this is published; a value that is chosen when deploying doesn't change it",
                "publish again with another value"
            );
        return new()
        {
            Name = options.Application,
            Version = options.Version,
            Workloads = workloads,
            Volumes = workloads
                .SelectMany(static workload => workload.Mounts)
                .Select(static mount => mount.Volume)
                .Distinct()
                .Select(name => VolumeOf(name, workloads, deployed))
                .ToEquatableArray(),
            Secrets = values
                .Parameters.Where(values.IsSecret)
                .Select(ParameterReading.Secret)
                .Concat(values.Supplied.Secrets)
                .ToEquatableArray(),
            Parameters = values
                .Parameters.Where(parameter => !values.IsSecret(parameter))
                .Select(ParameterReading.Parameter)
                .Concat(host is null ? [] : [host])
                .Concat(values.Supplied.Parameters)
                .ToEquatableArray(),
            LeftOut = findings.LeftOut,
            Changes = ChangesOf(model, deployed, errors).ToEquatableArray(),
            Exclusions = deployed.Exclusions().ToEquatableArray(),
            Unread = deployed
                .Workloads.SelectMany(static resource =>
                    AnnotationLedger.UnknownOf(resource).Select(unknown => $"{unknown.Type} of {unknown.Assembly} on {resource.Name}")
                )
                .ToEquatableArray(),
            Gateway = published,
        };

        static IEnumerable<ObjectChange> ChangesOf(DistributedApplicationModel model, DeployedResources deployed, List<PlanError> errors)
        {
            foreach (
                var (resource, change) in model.Resources.SelectMany(static resource =>
                    resource.Annotations.OfType<ObjectChangeAnnotation>().Select(annotation => (resource, annotation.Change))
                )
            )
            {
                if (resource is GatewayResource || deployed.WorkloadOf(resource) == resource)
                    yield return change;
                else
                    errors.Add(
                        new(
                            $"{resource.Name}.{change.Method}",
                            $"changes what is published of {resource.Name}, which isn't deployed; take the call away"
                        )
                    );
            }
        }

        // Of several that share it, the one that declares the most.
        static Volume VolumeOf(string name, EquatableArray<Workload> workloads, DeployedResources deployed)
        {
            var users = workloads
                .Where(workload => workload.Mounts.Any(mount => mount.Volume == name))
                .Select(static workload => workload.Name)
                .ToHashSet(StringComparer.Ordinal);
            var sizes = deployed
                .Workloads.Where(resource => users.Contains(resource.Name))
                .Select(static resource =>
                    resource.TryGetLastAnnotation<VolumeSizeAnnotation>(out var declared) ? declared.Size : (Size?)null
                )
                .OfType<Size>()
                .ToList();
            return sizes.Count == 0 ? new(name) : new(name) { Size = sizes.Max() };
        }

        Port? PortOf(IResource resource, string endpoint) => ports[resource].Find(endpoint);
    }
}
