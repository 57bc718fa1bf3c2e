using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Azure;

/// <summary>The scripts for someone who has the published folder and the Azure CLI; they deploy the same modules as azd.</summary>
/// <param name="plan">The plan.</param>
/// <param name="options">What was chosen of the target.</param>
/// <param name="modules">The modules.</param>
internal sealed class AzureScripts(DeploymentPlan plan, AzureContainerAppsOptions options, IEnumerable<AzureModule> modules)
{
    // Apps and caches take minutes to be deleted.
    private const int DeleteTimeout = 1800;

    // For its image to be pulled.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, AzureModule> _modules = modules.ToDictionary(
        static module => module.Resource,
        StringComparer.Ordinal
    );

    private readonly List<Workload> _order = [.. AzdWorkflow.Order(plan, options)];

    private readonly List<Workload> _managed = [.. plan.Workloads.Where(options.IsManaged)];

    internal IEnumerable<PublishedFile> Write()
    {
        var where = ScriptTemplate.Fill(
            "Azure/where.sh",
            ("GROUP", options.ResourceGroupOf(plan)),
            ("LONGEST", AzureNames.LongestResourceGroup.ToString(CultureInfo.InvariantCulture)),
            ("TAG", ResourceTags.Own),
            ("NAME", plan.Name)
        );
        (string Place, string Text)[] common = [("NAME", plan.Name), ("WHERE", where)];
        yield return Script("deploy.sh", [.. common, .. OfDeploying()]);
        yield return Script("status.sh", [.. common, ("ORDER", Lines(_order.Select(Shown)))]);
        yield return Script("destroy.sh", [.. common, .. OfDestroying()]);
    }

    /// <summary>Returns the parameters that a person chooses: not the host of a gateway that the environment's own domain serves.</summary>
    internal static IEnumerable<Parameter> Chosen(DeploymentPlan plan, AzureContainerAppsOptions options)
    {
        var host =
            options.CustomDomain is null && plan.Gateway is { } gateway && GatewayModel.IsOpen(plan, gateway)
                ? (gateway.Host.Parts is [ParameterReference reference] ? reference.Parameter : null)
                : null;
        return plan.Parameters.Where(parameter => parameter.Name != host);
    }

    private IEnumerable<(string Place, string Text)> OfDeploying()
    {
        var required = Chosen(plan, options).Where(static parameter => parameter.Default is null);
        var outputs = _modules[options.Name].Bicep.Outputs.Select(static output => output.Name);
        return
        [
            ("SETTINGS", SecretsScript.PlainReader),
            ("LOCK", Lock),
            ("KEPT", Kept()),
            ("VERSION", plan.Version),
            ("LOCATION", options.Location ?? ""),
            ("SERVED", Lines(Services())),
            ("REQUIRED", Lines(required.Select(static parameter => $"required {Setting.NameFor(parameter.Name)}"))),
            (
                "PARAMETERS",
                ScriptTemplate.Fill(
                    "Azure/parameters.sh",
                    ("OUTPUTS", Words(outputs.Where(static name => name != EnvironmentModule.Values)))
                )
            ),
            (
                "MODULES",
                ScriptTemplate.Fill(
                    "Azure/modules.sh",
                    ("MAIN", SubscriptionModule.File),
                    ("ENVIRONMENT", SubscriptionModule.EnvironmentDeployment)
                )
            ),
            ("RUNNING", ScriptTemplate.Fill("Azure/running.sh", ("RUNS", JobModule.Runs))),
            ("ENVIRONMENT", SubscriptionModule.EnvironmentDeployment),
            ("VALUES", EnvironmentModule.Values),
            ("REGISTRY", EnvironmentModule.Registry),
            ("TARGET", options.Name),
            ("TAG", ResourceTags.Own),
            ("LABELS", Words(_managed.Concat(_order).Select(static workload => workload.Label))),
            (
                "ORDER",
                Lines([
                    .. Images(),
                    .. _managed.Select(Server),
                    .. _order.Select(workload => workload.IsJob ? Job(workload) : Service(workload)),
                ])
            ),
            ("ASK_FUNCTION", Request()),
            ("ASK", GatewayRequest.LineOf(plan, "''")),
        ];
    }

    private IEnumerable<(string Place, string Text)> OfDestroying()
    {
        var caches = _managed.Any(options.IsManagedRedis)
            ? "delete Microsoft.Network/privateEndpoints\ndelete Microsoft.Cache/redisEnterprise\n"
            : "";
        return
        [
            ("LOCK", Lock),
            ("TAG", ResourceTags.Own),
            ("TIMEOUT", DeleteTimeout.ToString(CultureInfo.InvariantCulture)),
            ("CACHES", caches),
            ("LABELS", Words(_order.AsEnumerable().Reverse().Select(static workload => workload.Label))),
        ];
    }

    private static string Lock => ScriptTemplate.Fill("Shared/lock.sh");

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Words(IEnumerable<string> words) => string.Join(' ', words);

    private static PublishedFile Script(string name, params ReadOnlySpan<(string Place, string Text)> places) =>
        new(name, ScriptTemplate.Fill($"Azure/{name}", places)) { Mode = PublishedFileMode.Executable };

    private static string Shown(Workload workload) => $"{(workload.IsJob ? "executions" : "revisions")} {workload.Label}";

    // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types
    private IEnumerable<string> Services()
    {
        yield return "served 'Azure Container Apps' Microsoft.App managedEnvironments";
        if (_managed.Any(options.IsManagedPostgres))
            yield return "served 'Azure Database for PostgreSQL' Microsoft.DBforPostgreSQL flexibleServers";
        if (_managed.Any(options.IsManagedRedis))
            yield return "served 'Azure Managed Redis' Microsoft.Cache redisEnterprise";
    }

    // The secrets that servers in containers were made with, and keep with their data.
    private string Kept()
    {
        var generated = plan
            .Secrets.Where(static secret => secret.Generation is not null)
            .Select(static secret => secret.Name)
            .ToHashSet(StringComparer.Ordinal);
        var calls =
            from workload in _order
            where DataOwner.Is(workload)
            from secret in Secrets.NamesOf(workload)
            where generated.Contains(secret)
            select $"kept {secret} {workload.Label}\n";
        return string.Concat(calls) is { Length: > 0 } lines ? ScriptTemplate.Fill("Azure/kept.sh") + lines : "";
    }

    private IEnumerable<string> Images() =>
        from workload in plan.Workloads
        where !options.IsManaged(workload) && workload.Image is BuiltImage
        select $"image {workload.Label} {ShellText.Quote(((BuiltImage)workload.Image).BuiltName)}";

    private string Server(Workload workload) => $"server {workload.Label} {PathOf(workload)}{Arguments(workload)}";

    private string Job(Workload workload) =>
        $"job {workload.Label} {PathOf(workload)} {Seconds(JobModule.TimeoutFor(workload))}{Arguments(workload)}";

    private string Service(Workload workload)
    {
        var before = DataOwner.Is(workload)
            ? "The revision before was ended first: it isn't served until this is mended."
            : "The revision before goes on serving, where there is one.";
        return $"service {workload.Label} {PathOf(workload)} {Seconds(workload.ReadyTimeout + Slack)} "
            + $"{ShellText.Quote(before)}{Arguments(workload)}";
    }

    private string PathOf(Workload workload) => _modules[workload.Name].Path;

    private static string Seconds(TimeSpan time) => Durations.SecondsRoundedUp(time).ToString(CultureInfo.InvariantCulture);

    // "NAME KIND OF" for each parameter.
    private string Arguments(Workload workload) =>
        string.Concat(
            _modules[workload.Name]
                .Arguments.OrderBy(static argument => argument.Key, StringComparer.Ordinal)
                .Select(argument => $" {argument.Key} {Given(argument.Value)}")
        );

    private string Given(ModuleArgument argument) =>
        argument switch
        {
            OutputArgument { Output: ManagedPostgresModule.Host } host => $"host {plan.WorkloadNamed(host.Resource).Label}",
            OutputArgument output => $"output {output.Output}",
            ImageArgument image => $"image {plan.WorkloadNamed(image.Workload).Label}",
            ValueArgument { IsSecret: true } secret => $"secret {secret.Name}",
            ValueArgument value => $"setting {ShellText.Quote($"{Setting.NameFor(value.Name)}={DefaultOf(value.Name)}")}",
            _ => throw new NotSupportedException($"{argument.GetType().Name} isn't given by the scripts."),
        };

    private string? DefaultOf(string name) => plan.Parameters.First(parameter => parameter.Name == name).Default;

    // The environment's own domain has a certificate that everybody trusts; so has one that is named.
    private string Request()
    {
        if (plan.Gateway is not { } gateway)
            return "";
        var label = plan.WorkloadNamed(gateway.Routes[^1].Workload).Label;
        var host = GatewayModel.DomainOf(plan, options) is not null
            ? null
            : $"$(ask_azure get Microsoft.App/containerApps/{label} properties.configuration.ingress.fqdn)";
        var served = options.CustomDomain?.Host is { } domain ? plan with { Gateway = gateway with { Host = domain } } : plan;
        var logs = $"az containerapp logs show --name {label} --resource-group $group";
        return GatewayRequest.Write(
            served,
            PlainSettings.File,
            logs,
            isTrusted: options.CustomDomain is not { Certificate: null },
            host: host
        );
    }
}
