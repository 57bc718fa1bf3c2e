using System.Globalization;
using AspireDeploy.Bicep;
using AspireDeploy.Plan;

namespace AspireDeploy.Targets.Azure;

/// <summary>The module of a service: a container app. (https://learn.microsoft.com/azure/templates/microsoft.app/2025-07-01/containerapps)</summary>
internal static class AppModule
{
    /// <summary>The most seconds that a replica may take to stop.</summary>
    internal const int LongestStop = 600;

    internal static AzureModule Write(DeploymentPlan plan, Workload workload, AzureContainerAppsOptions options)
    {
        var inputs = new ModuleInputs(options);
        var values = new AzureValues(plan, options, inputs);
        var model = new ContainerModel(workload, values, inputs);
        // A new revision gets requests once it is ready, and the old one is ended then; until then, and if it never is, the old one serves.
        var configuration = new BicepObject { { "activeRevisionsMode", "Single" } };
        if (AppIngress.Of(workload, plan.Edge) is { } ingress) configuration.Add("ingress", ingress.Write(plan.Edge, ingress.IsEdge ? Domain(values, options, inputs) : null));
        model.Configure(configuration);
        var app = new BicepResource("app", "Microsoft.App/containerApps@2025-07-01", new()
        {
            { "name", workload.Label }, { "location", new BicepCode("location") }, { "identity", model.Identity },
            { "properties", new BicepObject
            {
                { "environmentId", inputs.Environment },
                { "workloadProfileName", ContainerModel.Profile },
                { "configuration", configuration },
                { "template", new BicepObject
                {
                    { "terminationGracePeriodSeconds", Math.Min(Durations.SecondsRoundedUp(workload.StopGracePeriod), LongestStop) },
                    { "containers", new BicepArray { model.Container() } },
                    { "scale", Scale(workload, plan.Edge) },
                    { "volumes", model.Volumes() },
                } },
            } },
        });
        var caches = ManagedRedisModule.Referred(plan, workload, options).ToList();
        return new(workload.Name, new()
        {
            Comment = $"The app {workload.Name}.\nMade by publishing: change the AppHost, not this file.",
            Parameters = inputs.Parameters,
            Resources = [.. caches, app],
        }, inputs.Arguments);
    }

    private static BicepObject? Domain(AzureValues values, AzureContainerAppsOptions options, ModuleInputs inputs)
    {
        if (options.CustomDomain is not { } domain) return null;
        var bound = new BicepObject { { "name", BicepText.Of(values.EdgeHost()) }, { "bindingType", domain.Certificate is null ? "Disabled" : "SniEnabled" } };
        if (domain.CertificatePath is { } path) bound.Add("certificateId", BicepText.Of(inputs.Environment, $"/{path}"));
        return bound;
    }

    // https://learn.microsoft.com/azure/container-apps/scale-app
    private static BicepObject Scale(Workload workload, Edge? edge)
    {
        var scale = workload.Scale;
        var rules = new BicepArray();
        if (scale is { IsAutomatic: true, CpuPercent: { } percent })
        {
            var metadata = new BicepObject { { "type", "Utilization" }, { "value", percent.ToString(CultureInfo.InvariantCulture) } };
            rules.Add(new BicepObject { { "name", "cpu" }, { "custom", new BicepObject { { "type", "cpu" }, { "metadata", metadata } } } });
        }
        if (scale is { IsAutomatic: true, ConcurrentRequests: { } requests } && AppIngress.Of(workload, edge) is { IsHttp: true })
            rules.Add(new BicepObject { { "name", "requests" }, { "http", new BicepObject { { "metadata", new BicepObject { { "concurrentRequests", requests.ToString(CultureInfo.InvariantCulture) } } } } } });
        return new() { { "minReplicas", scale.Minimum }, { "maxReplicas", scale.Maximum }, { "rules", rules.OrNothing } };
    }
}
