using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The module of a step: a job, and what starts it and waits until it has ended. Deploying the module ends when the step has completed, and fails if it fails.
/// (https://learn.microsoft.com/azure/templates/microsoft.app/2025-07-01/jobs)
/// </summary>
internal static class JobModule
{
    /// <summary>How many more times a step is tried; null: without end, which a job can't be.</summary>
    internal static int? RetriesOf(Workload step) => step.Restart.Mode == RestartMode.Never ? 0 : step.Restart.MaxAttempts;

    /// <summary>How long it may take in all: every try, and five minutes for its image to be pulled and the tries to begin.</summary>
    internal static TimeSpan PatienceFor(Workload step) => (step.StepTimeout * ((RetriesOf(step) ?? 0) + 1)) + TimeSpan.FromMinutes(5);

    internal static AzureModule Write(DeploymentPlan plan, Workload step, AzureContainerAppsOptions options)
    {
        var inputs = new ModuleInputs(options);
        var model = new ContainerModel(step, new(plan, options, inputs), inputs);
        var retries = RetriesOf(step) ?? 0;
        var configuration = new BicepObject
        {
            { "triggerType", "Manual" }, { "replicaTimeout", Durations.SecondsRoundedUp(step.StepTimeout) }, { "replicaRetryLimit", retries },
            { "manualTriggerConfig", new BicepObject { { "parallelism", 1 }, { "replicaCompletionCount", 1 } } },
        };
        model.Configure(configuration);
        var job = new BicepResource("job", "Microsoft.App/jobs@2025-07-01", new()
        {
            { "name", step.Label }, { "location", new BicepCode("location") }, { "identity", model.Identity },
            { "properties", new BicepObject
            {
                { "environmentId", inputs.Environment }, { "workloadProfileName", ContainerModel.Profile }, { "configuration", configuration },
                { "template", new BicepObject { { "containers", new BicepArray { model.Container() } }, { "volumes", model.Volumes() } } },
            } },
        });
        var run = DeploymentScript.Write("run", $"run-{step.Label}", "run-step.sh", inputs.StepsIdentity, PatienceFor(step), ("JOB", new BicepCode("job.id")), ("STEP", step.Name)) with
        {
            Comment = "Starts the job, and waits until that execution has ended.",
        };
        var caches = ManagedRedisModule.Referred(plan, step, options).ToList();
        return new(step.Name, new()
        {
            Comment = $"The step {step.Name}: a job, which is run here. Deploying this ends when the step has completed, and fails if it fails.\nMade by publishing: change the AppHost, not this file.",
            Parameters = [.. inputs.Parameters, DeploymentScript.Deployed("so that the step runs each time")],
            Resources = [.. caches, job, run],
        }, inputs.Arguments);
    }
}
