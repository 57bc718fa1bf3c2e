using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Azure;

/// <summary>The scripts for someone who has the published folder and the Azure CLI; they deploy the same modules as azd.</summary>
internal static class AzureScripts
{
    // Apps and caches take minutes to be deleted.
    private const int DeleteTimeout = 1800;

    internal static IEnumerable<PublishedFile> Write(DeploymentPlan plan, AzureContainerAppsOptions options, IReadOnlyList<AzureModule> modules)
    {
        var byName = modules.ToDictionary(static module => module.Resource, StringComparer.Ordinal);
        var order = AzdWorkflow.Order(plan, options).ToList();
        var managed = plan.Workloads.Where(options.IsManaged).ToList();
        var labels = managed.Concat(order).Select(static workload => workload.Label).ToList();
        (string Place, string Text)[] common =
        [
            ("NAME", plan.Name), ("WHERE", ScriptTemplate.Fill("Azure/where.sh", ("GROUP", options.ResourceGroupOf(plan)), ("TAG", ResourceTags.Own), ("NAME", plan.Name))),
        ];
        var images = plan.Workloads.Where(workload => workload.Image is BuiltImage && !options.IsManaged(workload)).Select(static workload => $"image {workload.Label} {ShellText.Quote(((BuiltImage)workload.Image).BuiltName)}");
        yield return Script("deploy.sh",
        [
            .. common, ("SETTINGS", SecretsScript.PlainReader), ("VERSION", plan.Version), ("LOCATION", options.Location ?? ""), ("LOCK", ScriptTemplate.Fill("Shared/lock.sh")),
            ("SERVED", string.Join('\n', Services(plan, options))), ("REQUIRED", string.Join('\n', ScriptParameters(plan, options).Where(static parameter => parameter.Default is null).Select(static parameter => $"required {Setting.NameFor(parameter.Name)}"))),
            ("OUTPUTS", string.Join(' ', byName[options.Name].Bicep.Outputs.Select(static output => output.Name).Where(static name => name != EnvironmentModule.Values))),
            ("MAIN", SubscriptionModule.File), ("ENVIRONMENT", SubscriptionModule.EnvironmentDeployment), ("VALUES", EnvironmentModule.Values), ("REGISTRY", EnvironmentModule.Registry), ("RUNS", JobModule.Runs),
            ("TARGET", options.Name), ("TAG", ResourceTags.Own), ("LABELS", string.Join(' ', labels)),
            ("ORDER", string.Join('\n', images.Concat(managed.Select(workload => Server(plan, workload, byName))).Concat(order.Select(workload => Line(plan, workload, byName))))),
            ("ASK_FUNCTION", Request(plan, options)), ("ASK", GatewayRequest.LineOf(plan, "''")),
        ]);
        yield return Script("status.sh", [.. common, ("ORDER", string.Join('\n', order.Select(static workload => $"{(workload.IsJob ? "executions" : "revisions")} {workload.Label}")))]);
        yield return Script("destroy.sh",
        [
            .. common, ("LOCK", ScriptTemplate.Fill("Shared/lock.sh")), ("TAG", ResourceTags.Own), ("LABELS", string.Join(' ', order.AsEnumerable().Reverse().Select(static workload => workload.Label))),
            ("TIMEOUT", DeleteTimeout.ToString(CultureInfo.InvariantCulture)), ("CACHES", managed.Any(options.IsManagedRedis) ? "delete Microsoft.Network/privateEndpoints\ndelete Microsoft.Cache/redisEnterprise\n" : ""),
        ]);
    }

    /// <summary>The parameters that a person chooses: not the host of a gateway that the environment's own domain serves.</summary>
    internal static IEnumerable<Parameter> ScriptParameters(DeploymentPlan plan, AzureContainerAppsOptions options) =>
        plan.Parameters.Where(parameter => !(options.CustomDomain is null && plan.Gateway is { } gateway && GatewayModel.IsOpen(plan, gateway) && gateway.Host.Parts is [ParameterReference host] && host.Parameter == parameter.Name));

    private static PublishedFile Script(string name, params ReadOnlySpan<(string Place, string Text)> places) => new(name, ScriptTemplate.Fill($"Azure/{name}", places)) { Mode = PublishedFileMode.Executable };

    // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types
    private static IEnumerable<string> Services(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        yield return "served 'Azure Container Apps' Microsoft.App managedEnvironments";
        if (plan.Workloads.Any(options.IsManagedPostgres)) yield return "served 'Azure Database for PostgreSQL' Microsoft.DBforPostgreSQL flexibleServers";
        if (plan.Workloads.Any(options.IsManagedRedis)) yield return "served 'Azure Managed Redis' Microsoft.Cache redisEnterprise";
    }

    private static string Server(DeploymentPlan plan, Workload workload, Dictionary<string, AzureModule> modules) => $"server {workload.Label} {modules[workload.Name].Path}{Arguments(plan, modules[workload.Name])}";

    private static string Line(DeploymentPlan plan, Workload workload, Dictionary<string, AzureModule> modules)
    {
        var module = modules[workload.Name];
        if (workload.IsJob) return string.Create(CultureInfo.InvariantCulture, $"job {workload.Label} {module.Path} {Durations.SecondsRoundedUp(JobModule.TimeoutFor(workload))}{Arguments(plan, module)}");
        var before = DataOwner.Is(workload) ? "The revision before was ended first: it isn't served until this is mended." : "The revision before goes on serving, where there is one.";
        // Five minutes for the image to be pulled.
        return string.Create(CultureInfo.InvariantCulture, $"service {workload.Label} {module.Path} {Durations.SecondsRoundedUp(workload.ReadyTimeout + TimeSpan.FromMinutes(5))} {ShellText.Quote(before)}{Arguments(plan, module)}");
    }

    // "NAME KIND OF" for each parameter.
    private static string Arguments(DeploymentPlan plan, AzureModule module) => string.Concat(module.Arguments.OrderBy(static argument => argument.Key, StringComparer.Ordinal).Select(argument => $" {argument.Key} " + argument.Value switch
    {
        OutputArgument { Output: ManagedPostgresModule.Host } host => $"host {plan.WorkloadNamed(host.Resource).Label}",
        OutputArgument output => $"output {output.Output}",
        ImageArgument image => $"image {plan.WorkloadNamed(image.Workload).Label}",
        ValueArgument { IsSecret: true } secret => $"secret {secret.Name}",
        ValueArgument value => $"setting {ShellText.Quote($"{Setting.NameFor(value.Name)}={plan.Parameters.First(parameter => parameter.Name == value.Name).Default}")}",
        _ => throw new NotSupportedException($"{argument.Value.GetType().Name} isn't given by the scripts."),
    }));

    // Its own domain's certificate is one that everybody trusts; so is what is named, once it is.
    private static string Request(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        if (plan.Gateway is not { } gateway) return "";
        var label = plan.WorkloadNamed(gateway.Routes[^1].Workload).Label;
        var host = GatewayModel.DomainOf(plan, options) is null ? $"$(ask_azure get Microsoft.App/containerApps/{label} properties.configuration.ingress.fqdn)" : null;
        var domain = options.CustomDomain?.Host is { } chosen ? plan with { Gateway = gateway with { Host = chosen } } : plan;
        return GatewayRequest.Write(domain, PlainSettings.File, $"az containerapp logs show --name {label} --resource-group $group", isTrusted: options.CustomDomain is not { Certificate: null }, host: host);
    }
}
