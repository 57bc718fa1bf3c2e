using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Makes a plan of an app model. It starts nothing, resolves no secret and changes nothing; the callbacks of the declaration run, as publishing has them run. What can't be read
/// into the plan is an error that names the resource and the way out: nothing is left out in silence.
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
        DistributedApplicationModel model, DistributedApplicationExecutionContext execution, PlanningOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<PlanError>();
        var deployed = new DeployedResources(model, errors);
        var settings = new Dictionary<IResource, GatheredSettings>();
        foreach (var resource in deployed.Workloads) settings[resource] = await GatheredSettings.OfAsync(resource, execution, cancellationToken);
        var plan = Build(deployed, settings, options, errors);
        return errors.Count > 0 ? throw new PlanException(errors) : PlanValidation.Sound(plan);
    }

    private static DeploymentPlan Build(DeployedResources deployed, Dictionary<IResource, GatheredSettings> settings, PlanningOptions options, List<PlanError> errors)
    {
        var routed = deployed.Gateways.SelectMany(static gateway => gateway.Routes).Select(static route => (IResource)route.Service).ToHashSet();
        var outside = WorkloadPorts.DeclaredOutside(deployed.Workloads);
        var ports = deployed.Workloads.ToDictionary(static resource => resource, resource =>
            new WorkloadPorts(resource, routed.Contains(resource), outside, errors));
        var values = new ValueReader(PortOf, deployed, errors);
        var reading = new WorkloadReading(options, deployed, ports, values, errors);
        var workloads = deployed.Workloads.Select(resource => reading.Read(resource, settings[resource])).OfType<Workload>().ToEquatableArray();
        if (deployed.Gateways.Count > 1) errors.Add(new(deployed.Gateways[1].Name, $"is a second gateway beside {deployed.Gateways[0].Name}, and a deployment has one edge; give its routes to {deployed.Gateways[0].Name}"));
        var gateway = deployed.Gateways.Count > 0 ? deployed.Gateways[0] : null;
        var edge = gateway is null ? null : EdgeReading.Of(gateway, PortOf, deployed, values, errors);
        var host = gateway is null ? null : EdgeReading.HostParameter(gateway);
        return new()
        {
            Name = options.Application,
            Version = options.Version,
            Workloads = workloads,
            Volumes = workloads.SelectMany(static workload => workload.Mounts).Select(static mount => mount.Volume).Distinct().Select(static name => new Volume(name)).ToEquatableArray(),
            Secrets = values.Parameters.Where(ParameterReading.IsSecret).Select(ParameterReading.Secret).ToEquatableArray(),
            Parameters = values.Parameters.Where(static parameter => !ParameterReading.IsSecret(parameter)).Select(ParameterReading.Parameter).Concat(host is null ? [] : [host]).ToEquatableArray(),
            Edge = edge,
        };

        Port? PortOf(IResource resource, string endpoint) => ports[resource].Find(endpoint);
    }
}
