using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>
/// An engine that a plan can be written for. A target is a pure function: it reads no clock, no file and no environment, and writes the
/// same bytes for equal plans. Adding one is adding a folder with an implementation of this; <see cref="Publishing.Publication"/> does what
/// is the same for all.
/// </summary>
internal interface ITarget
{
    /// <summary>Gets its name, which is its folder's: <c>compose</c>. Lower-case letters, digits and hyphens.</summary>
    string Name { get; }

    /// <summary>Gets the kind of target: <c>compose</c>. Names of two targets of one kind differ; their kind doesn't.</summary>
    string Kind { get; }

    /// <summary>Gets what people call it: <c>Docker Compose</c>.</summary>
    string Title { get; }

    /// <summary>
    /// Gets a value that indicates whether the engine asks for health by HTTP where a request is declared beside a command. Defaults to
    /// false, for one that runs commands in a container and nothing else.
    /// </summary>
    bool AsksByHttp => false;

    /// <summary>
    /// Gets a value that indicates whether a secret's file can be one that its owner alone may read. Defaults to true. Where it can't, an
    /// image that takes no other gets the secret in its environment.
    /// </summary>
    bool HasPrivateFiles => true;

    /// <summary>Gets how it treats each concept.</summary>
    ConceptTable Concepts { get; }

    /// <summary>
    /// Returns what is wrong with a sound plan for this target alone: names it can't write, two names that become one. Empty if nothing is.
    /// </summary>
    IReadOnlyList<PlanError> Check(DeploymentPlan plan);

    /// <summary>Returns what a person still has to supply before a deployment, in order; empty if nothing.</summary>
    EquatableArray<RequiredInput> Inputs(DeploymentPlan plan);

    /// <summary>
    /// Writes a plan that <see cref="Check"/> finds nothing wrong with. It leaves out what a <see cref="Unsupported"/> concept declares; no
    /// secret's value is in the plan, so none is written.
    /// </summary>
    EquatableArray<PublishedFile> Write(DeploymentPlan plan);

    /// <summary>
    /// Returns the commands that deploy what was published, look at it and take it away, for the report; run in the target's folder.
    /// </summary>
    EquatableArray<OperatorCommand> Commands(DeploymentPlan plan);

    /// <summary>Returns a plan as the engine can take it.</summary>
    DeploymentPlan Fit(DeploymentPlan plan) =>
        plan with
        {
            Workloads = plan
                .Workloads.Select(workload => AsksByHttp ? workload with { Probes = workload.Probes.ByHttp() } : workload)
                .Select(workload => HasPrivateFiles ? workload : Secrets.InPlaceOfPrivateFiles(workload))
                .ToEquatableArray(),
        };
}

/// <summary>Something a person must supply or may change before a deployment.</summary>
/// <param name="Name">What it is called where it is supplied: <c>GATEWAY_HOST</c>, <c>secrets/postgres-password</c>.</param>
/// <param name="Where">Where it is supplied: <c>.env</c>.</param>
/// <param name="Description">What it is, and what happens if it isn't supplied.</param>
/// <param name="Required">Whether a deployment fails without it.</param>
internal sealed record RequiredInput(string Name, string Where, string Description, bool Required);

/// <summary>A command for the person who operates the deployment.</summary>
/// <param name="Purpose">What for: <c>deploy</c>.</param>
/// <param name="Line">The command line.</param>
internal sealed record OperatorCommand(string Purpose, string Line);
