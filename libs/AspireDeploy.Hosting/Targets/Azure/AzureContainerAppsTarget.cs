using System.Globalization;
using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Azure Container Apps: a Bicep module for each resource and one for what all share, with what each is given. The scripts in the folder
/// deploy them with the Azure CLI; azd gets them with the manifest that it asks the AppHost for. Where Aspire's own hosting packages for
/// Azure can be had, they may make the modules: what deploys them knows no more of a module than that.
/// </summary>
internal sealed class AzureContainerAppsTarget(AzureContainerAppsOptions? options = null) : ITarget
{
    // Azure/azure-dev, cli/azd/internal/cmd/deploy.go, defaultDeployTimeoutSeconds
    private static readonly TimeSpan AzdTimeout = TimeSpan.FromMinutes(20);

    private readonly AzureContainerAppsOptions _options = options ?? new();

    /// <summary>Gets what was chosen of it.</summary>
    public AzureContainerAppsOptions Options => _options;

    /// <inheritdoc />
    public string Name => _options.Name;

    /// <inheritdoc />
    public string Kind => "azure";

    /// <inheritdoc />
    public string Title => "Azure Container Apps";

    /// <inheritdoc />
    /// <remarks>It asks over HTTP and TCP. (https://learn.microsoft.com/azure/container-apps/health-probes#restrictions)</remarks>
    public bool AsksByHttp => true;

    /// <inheritdoc />
    /// <remarks>A mounted secret is root's, and everybody in the container may read it.</remarks>
    public bool HasPrivateFiles => false;

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
        List<RequiredInput> inputs =
        [
            new(
                "AZURE_LOCATION",
                "the environment of `./deploy.sh`",
                _options.Location is { } location
                    ? $"The region, `{location}` if not set; azd asks for it."
                    : "The region, unless the resource group is there already; azd asks for it.",
                _options.Location is null
            ),
            new(
                "AZURE_RESOURCE_GROUP",
                "the environment of `./deploy.sh`",
                $"The resource group, `{_options.ResourceGroupOf(plan)}` if not set. It is made with the tag `{ResourceTags.Own}`, "
                    + "by which the scripts know it; azd names its own.",
                false
            ),
            new(
                "AZURE_SUBSCRIPTION_ID",
                "the environment of `./deploy.sh`",
                "The subscription, the one that az has chosen if not set; azd asks for it. Whoever deploys must be able to assign "
                    + "roles there: Owner, or Contributor with User Access Administrator.",
                false
            ),
        ];
        inputs.AddRange(
            AzureScripts
                .Chosen(plan, _options)
                .Select(static parameter => new RequiredInput(
                    Setting.NameFor(parameter.Name),
                    "`settings.env`",
                    $"{(parameter.Description.Length > 0 ? parameter.Description : "A value.")} "
                        + $"{(parameter.Default is null ? "azd asks for it." : $"`{parameter.Default}` if not set, as with azd.")}",
                    parameter.Default is null
                ))
        );
        inputs.AddRange(
            plan.Secrets.Select(static secret =>
                secret.Generation is null
                    ? new RequiredInput(
                        $"secrets/{secret.Name}",
                        "a file of mode 0600",
                        $"{(secret.Description.Length > 0 ? secret.Description : "A secret value.")} azd asks for it.",
                        true
                    )
                    : new RequiredInput(
                        $"secrets/{secret.Name}",
                        "a file of mode 0600",
                        "`./secrets.sh` makes it; keep a copy. azd makes another, and keeps it in the home of whoever runs it.",
                        false
                    )
            )
        );
        if (
            plan.Workloads.Where(static workload => workload.IsJob).MaxBy(JobModule.TimeoutFor) is { } slowest
            && JobModule.TimeoutFor(slowest) > AzdTimeout
        )
            inputs.Add(
                new(
                    "AZD_DEPLOY_TIMEOUT",
                    "the environment that azd runs in",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"How many seconds azd waits for one deployment, {AzdTimeout.TotalSeconds} unless set; {slowest.Name} may "
                            + $"take {Durations.SecondsRoundedUp(JobModule.TimeoutFor(slowest))}, and azd stops if it does."
                    ),
                    false
                )
            );
        if (_options.CustomDomain is not null)
            inputs.Add(
                new(
                    "a CNAME and a TXT record",
                    "the domain's DNS",
                    "They lead the domain to the environment and prove that it is yours.",
                    true
                )
            );
        return inputs.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<PublishedFile> Write(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var modules = Modules(plan).ToList();
        List<PublishedFile> files =
        [
            .. modules.Select(static module => new PublishedFile(module.Path, BicepWriter.Write(module.Bicep))
            {
                Changes = module.Changes,
            }),
            AzdWorkflow.Write(plan, _options),
            AzdPipeline.Write(plan),
        ];
        files.AddRange([
            SubscriptionModule.Write(plan, _options),
            SecretsScript.Write(plan, [], PlainSettings.File, imageWithShell: null),
            .. new AzureScripts(plan, _options, modules).Write(),
            new(".gitignore", "/secrets/\n/.deploying*/\n"),
        ]);
        if (PlainSettings.Write(plan) is { } settings)
            files.Add(settings);
        return files.ToEquatableArray();
    }

    /// <inheritdoc />
    public EquatableArray<OperatorCommand> Commands(DeploymentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var app = (
            plan.Gateway is { } gateway
                ? plan.WorkloadNamed(gateway.Routes[^1].Workload)
                : AzdWorkflow.Order(plan, _options).FirstOrDefault(static workload => !workload.IsJob)
        )?.Label
            ?? "NAME";
        return
        [
            new("see what a deployment would change", "./deploy.sh --dry-run"),
            new("deploy, or update", "./deploy.sh"),
            new("see what runs", "./status.sh"),
            new("read logs", $"az containerapp logs show --name {app} --resource-group {_options.ResourceGroupOf(plan)} --follow"),
            new("take it away, but for its data", "./destroy.sh"),
            new(
                "do it with azd, from the solution's folder: never `azd deploy` alone, nor the pipeline that azd writes, which "
                    + "deploy everything at once, what waits for a migration beside it",
                "azd up"
            ),
            new("take that away with its data", "azd down"),
        ];
    }

    /// <summary>Returns every module, the shared one first.</summary>
    internal IEnumerable<AzureModule> Modules(DeploymentPlan plan) =>
        plan
            .Workloads.Select(workload => Module(plan, workload))
            .Prepend(EnvironmentModule.Write(plan, _options))
            .Select(module => ResourceTags.Tag(module, plan.Name, _options));

    private AzureModule Module(DeploymentPlan plan, Workload workload) =>
        workload switch
        {
            _ when _options.IsManagedPostgres(workload) => ManagedPostgresModule.Write(plan, workload, _options),
            _ when _options.IsManagedRedis(workload) => ManagedRedisModule.Write(workload, _options),
            { IsJob: true } => JobModule.Write(plan, workload, _options),
            _ => AppModule.Write(plan, workload, _options),
        };
}
