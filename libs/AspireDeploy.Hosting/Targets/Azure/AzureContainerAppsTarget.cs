using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Azure Container Apps, deployed by azd: a Bicep module for each resource and one for what all share. azd gets them with the manifest that it asks the AppHost for; the folder has the same files
/// to read, and the report.
/// </summary>
internal sealed class AzureContainerAppsTarget(AzureContainerAppsOptions? options = null) : ITarget
{
    // Azure/azure-dev, cli/azd/internal/cmd/deploy.go, defaultDeployTimeoutSeconds
    private static readonly TimeSpan AzdTimeout = TimeSpan.FromMinutes(20);

    private readonly AzureContainerAppsOptions _options = options ?? new();

    /// <summary>What was chosen of it.</summary>
    public AzureContainerAppsOptions Options => _options;

    /// <inheritdoc />
    public string Name => _options.Name;

    /// <inheritdoc />
    public string Kind => "azure";

    /// <inheritdoc />
    public string Title => "Azure Container Apps";

    /// <inheritdoc />
    public ConceptTable Concepts => field ??= AzureConcepts.Table(_options);

    /// <inheritdoc />
    public IReadOnlyList<PlanError> Check(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return AzureChecks.Check(plan, _options);
    }

    /// <inheritdoc />
    public EquatableArray<RequiredInput> Inputs(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        const string Azd = "azd, which asks for it once and keeps it";
        List<RequiredInput> inputs = [new("a subscription and a location", Azd, "Where it is deployed. Whoever deploys must be able to assign roles there: Owner, or Contributor with User Access Administrator.", true)];
        var parameters = plan.Parameters.Where(parameter => !(plan.Gateway is { } gateway && GatewayModel.IsOpen(plan, gateway) && gateway.Host.Parts is [ParameterReference host] && host.Parameter == parameter.Name));
        inputs.AddRange(parameters.Select(static parameter => new RequiredInput(parameter.Name, Azd, parameter.Description.Length > 0 ? parameter.Description : "A value.", parameter.Default is null)));
        inputs.AddRange(plan.Secrets.Select(static secret => new RequiredInput(secret.Name, secret.Generation is null ? Azd : "azd's environment", secret.Generation is null ? secret.Description.Length > 0 ? secret.Description : "A secret value." : "azd makes it.", secret.Generation is null)));
        if (plan.Workloads.Where(static workload => workload.IsJob).MaxBy(JobModule.TimeoutFor) is { } slowest && JobModule.TimeoutFor(slowest) > AzdTimeout)
            inputs.Add(new("AZD_DEPLOY_TIMEOUT", "the environment that azd runs in", string.Create(CultureInfo.InvariantCulture, $"How many seconds azd waits for one deployment, {AzdTimeout.TotalSeconds} unless set; {slowest.Name} may take {Durations.SecondsRoundedUp(JobModule.TimeoutFor(slowest))}, and azd stops if it does."), false));
        if (_options.CustomDomain is not null) inputs.Add(new("a CNAME and a TXT record", "the domain's DNS", "They lead the domain to the environment and prove that it is yours (docs/targets/azure.md).", true));
        return inputs.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<PublishedFile> Write(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Modules(plan).Select(static module => new PublishedFile(module.Path, BicepWriter.Write(module.Bicep)) { Changes = module.Changes }).Append(AzdWorkflow.Write(plan, _options)).ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var app = (plan.Gateway is { } gateway ? plan.WorkloadNamed(gateway.Routes[^1].Workload) : AzdWorkflow.Order(plan, _options).FirstOrDefault(static workload => !workload.IsJob))?.Label ?? "NAME";
        return
        [
            new("deploy, or update, from the solution's folder", "azd up"),
            new("see what provisioning would change", "azd provision --preview"),
            new("see its revisions", $"az containerapp revision list --name {app} --resource-group rg-ENVIRONMENT --output table"),
            new("read logs", $"az containerapp logs show --name {app} --resource-group rg-ENVIRONMENT --follow"),
            new("take it away with its data", "azd down"),
        ];
    }

    /// <summary>Every module, the shared one first.</summary>
    internal IEnumerable<AzureModule> Modules(DeploymentPlan plan) => plan.Workloads.Select(workload => Module(plan, workload)).Prepend(EnvironmentModule.Write(plan, _options));

    private AzureModule Module(DeploymentPlan plan, Workload workload) => workload switch
    {
        _ when _options.IsManagedPostgres(workload) => ManagedPostgresModule.Write(plan, workload, _options),
        _ when _options.IsManagedRedis(workload) => ManagedRedisModule.Write(workload, _options),
        { IsJob: true } => JobModule.Write(plan, workload, _options),
        _ => AppModule.Write(plan, workload, _options),
    };
}
