using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The module of a job, and what starts it and waits until it has ended. Deploying the module ends when it has completed, and fails if it
/// fails. (https://learn.microsoft.com/azure/templates/microsoft.app/2025-07-01/jobs)
/// </summary>
internal static class JobModule
{
    /// <summary>Returns how many more times a job is tried; null: without end, which Azure has no job for.</summary>
    internal static int? RetriesOf(Workload job) => job.Restart.Mode == RestartMode.Never ? 0 : job.Restart.MaxAttempts;

    /// <summary>
    /// Returns how long it may take in all: every try, and five minutes for its image to be pulled and the tries to begin.
    /// </summary>
    internal static TimeSpan TimeoutFor(Workload job) => (job.JobTimeout * ((RetriesOf(job) ?? 0) + 1)) + TimeSpan.FromMinutes(5);

    /// <summary>Gets the parameter by which whoever deploys a module starts the job instead.</summary>
    internal const string Runs = "runs";

    internal static AzureModule Write(DeploymentPlan plan, Workload job, AzureContainerAppsOptions options)
    {
        var inputs = new ModuleInputs(options);
        var model = new ContainerModel(job, new(plan, options, inputs), inputs);
        var retries = RetriesOf(job) ?? 0;
        var configuration = new BicepObject
        {
            { "triggerType", "Manual" },
            { "replicaTimeout", Durations.SecondsRoundedUp(job.JobTimeout) },
            { "replicaRetryLimit", retries },
            {
                "manualTriggerConfig",
                new BicepObject { { "parallelism", 1 }, { "replicaCompletionCount", 1 } }
            },
        };
        model.Configure(configuration);
        var (resource, changes) = ChangedResource.Create(
            plan,
            job,
            options,
            new(
                "job",
                "Microsoft.App/jobs@2025-07-01",
                new()
                {
                    { "name", job.Label },
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
                                    {
                                        "containers",
                                        new BicepArray { model.Container() }
                                    },
                                    { "volumes", model.Volumes() },
                                }
                            },
                        }
                    },
                }
            )
        );
        var run = DeploymentScript.Write(
            "run",
            $"run-{job.Label}",
            "run-job.sh",
            inputs.JobsIdentity,
            TimeoutFor(job),
            ("JOB", new BicepCode("job.id")),
            ("NAME", job.Name)
        ) with
        {
            Comment = "Starts the job, and waits until that execution has ended.",
            Condition = new(Runs),
        };
        var caches = ManagedRedisModule.Referred(plan, job, options).ToList();
        return new(
            job.Name,
            new()
            {
                Comment =
                    $"The job {job.Name}, which is run here unless whoever deploys does that. Deploying this ends when it has "
                    + "completed, and fails if it fails.\nMade by publishing: change the AppHost, not this file.",
                Parameters =
                [
                    .. inputs.Parameters,
                    new(Runs, "Whether deploying this runs the job.") { Type = "bool", Default = true },
                    DeploymentScript.Deployed("so that the job runs each time"),
                ],
                Resources = [.. caches, resource, run],
            },
            inputs.Arguments
        )
        {
            Changes = changes,
        };
    }
}
