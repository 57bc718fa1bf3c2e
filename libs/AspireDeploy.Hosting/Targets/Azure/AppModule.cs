using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The module of a service: a container app. (https://learn.microsoft.com/azure/templates/microsoft.app/2025-07-01/containerapps)
/// </summary>
internal static class AppModule
{
    /// <summary>Gets the most seconds that a replica may take to stop.</summary>
    internal const int LongestStop = 600;

    internal static AzureModule Write(DeploymentPlan plan, Workload workload, AzureContainerAppsOptions options)
    {
        var inputs = new ModuleInputs(options);
        var values = new AzureValues(plan, options, inputs);
        var model = new ContainerModel(workload, values, inputs);
        var ownsData = DataOwner.Is(workload);
        // Single: a new revision gets requests once it is ready, and the old one is ended then; until then, and if it never is, the old one
        // serves. Multiple: the platform ends none, since the old one has been ended before.
        var configuration = new BicepObject { { "activeRevisionsMode", ownsData ? "Multiple" : "Single" } };
        if (AppIngress.For(workload, plan.Gateway) is { } ingress)
            configuration.Add(
                "ingress",
                ingress.Write(plan.Gateway, ingress.IsGateway ? Domain(values, options, inputs) : null, toLatest: ownsData)
            );
        model.Configure(configuration);
        ChangedResource App(BicepCode? suffix) =>
            ChangedResource.Create(
                plan,
                workload,
                options,
                new(
                    "app",
                    "Microsoft.App/containerApps@2025-07-01",
                    new()
                    {
                        { "name", workload.Label },
                        { "location", new BicepCode("location") },
                        { "identity", model.Identity },
                        {
                            "properties",
                            new BicepObject
                            {
                                { "environmentId", inputs.Environment },
                                { "workloadProfileName", ContainerModel.Profile },
                                { "configuration", configuration },
                                {
                                    "template",
                                    new BicepObject
                                    {
                                        { "revisionSuffix", suffix },
                                        {
                                            "terminationGracePeriodSeconds",
                                            Math.Min(Durations.SecondsRoundedUp(workload.StopGracePeriod), LongestStop)
                                        },
                                        {
                                            "containers",
                                            new BicepArray { model.Container() }
                                        },
                                        { "scale", Scale(workload, plan.Gateway) },
                                        { "volumes", model.Volumes() },
                                    }
                                },
                            }
                        },
                    }
                )
            );
        var caches = ManagedRedisModule.Referred(plan, workload, options).ToList();
        var (app, changes) = App(suffix: null);
        List<BicepResource> resources = ownsData
            ? [DataOwner.End(workload, app, inputs, model.SecretsVersion), App(DataOwner.Suffix).Resource]
            : [app];
        return new(
            workload.Name,
            new()
            {
                Comment =
                    $"The app {workload.Name}."
                    + (ownsData ? " Deploying this ends what runs of it before the next revision starts." : "")
                    + "\nMade by publishing: change the AppHost, not this file.",
                Parameters = ownsData
                    ? [.. inputs.Parameters, DeploymentScript.Deployed("so that what runs is looked at each time")]
                    : inputs.Parameters,
                Resources = [.. caches, .. resources],
            },
            inputs.Arguments
        )
        {
            Changes = changes,
        };
    }

    private static BicepObject? Domain(AzureValues values, AzureContainerAppsOptions options, ModuleInputs inputs)
    {
        if (options.CustomDomain is not { } domain)
            return null;
        var bound = new BicepObject
        {
            { "name", BicepText.Create(values.GatewayHost()) },
            { "bindingType", domain.Certificate is null ? "Disabled" : "SniEnabled" },
        };
        if (domain.CertificatePath is { } path)
            bound.Add("certificateId", BicepText.Create(inputs.Environment, $"/{path}"));
        return bound;
    }

    // https://learn.microsoft.com/azure/container-apps/scale-app
    private static BicepObject Scale(Workload workload, PublicGateway? gateway)
    {
        var scale = workload.Scale;
        var rules = new BicepArray();
        if (scale is { IsAutomatic: true, CpuPercent: { } percent })
        {
            var metadata = new BicepObject { { "type", "Utilization" }, { "value", percent.ToString(CultureInfo.InvariantCulture) } };
            rules.Add(
                new BicepObject
                {
                    { "name", "cpu" },
                    {
                        "custom",
                        new BicepObject { { "type", "cpu" }, { "metadata", metadata } }
                    },
                }
            );
        }
        if (scale is { IsAutomatic: true, ConcurrentRequests: { } requests } && AppIngress.For(workload, gateway) is { IsHttp: true })
            rules.Add(
                new BicepObject
                {
                    { "name", "requests" },
                    {
                        "http",
                        new BicepObject
                        {
                            {
                                "metadata",
                                new BicepObject { { "concurrentRequests", requests.ToString(CultureInfo.InvariantCulture) } }
                            },
                        }
                    },
                }
            );
        return new()
        {
            { "minReplicas", scale.Minimum },
            { "maxReplicas", scale.Maximum },
            { "rules", rules.OrNothing },
        };
    }
}
