using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;
using AspireDeploy.Writers.Bicep;
using AspireDeploy.Writers.Shell;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// An app whose data one process owns. Its module ends what runs of it before the next revision starts, which Container Apps by itself does
/// the other way round; and its server, where the image is known, starts once it has the lock on the data, since the platform may run two
/// replicas of one revision for a while. (docs/decisions/azure-data.md)
/// </summary>
internal static class DataOwner
{
    /// <summary>Gets the script as the module calls it.</summary>
    private const string Script = "ending";

    // A revision's name has at most 54 characters, the app's among them.
    private const int ContentLength = 8;

    /// <summary>Gets the suffix that the script gives the next revision: that of the present one if nothing has changed.</summary>
    internal static BicepCode Suffix { get; } = new($"{Script}.properties.outputs.suffix");

    /// <summary>Returns whether a workload is one.</summary>
    internal static bool Is(Workload workload) => workload is { IsJob: false, Update: UpdateOrder.StopFirst, IsStateful: true };

    /// <summary>Returns the script's name in the resource group.</summary>
    internal static string NameOf(Workload workload) => $"end-{workload.Label}";

    /// <summary>
    /// Returns how long its replica may take to end: as long as it may finish, and five minutes for the platform to tell it and to say so.
    /// </summary>
    internal static TimeSpan TimeoutFor(Workload workload) => workload.StopGracePeriod + TimeSpan.FromMinutes(5);

    /// <summary>Returns what ends the revisions that run.</summary>
    /// <param name="workload">The app.</param>
    /// <param name="app">The app's resource, as it is written but for the suffix.</param>
    /// <param name="inputs">What the module is given.</param>
    /// <param name="secrets">What differs when a secret does; null: it has none.</param>
    internal static BicepResource End(Workload workload, BicepResource app, ModuleInputs inputs, BicepCode? secrets)
    {
        var content = Content(app, inputs, secrets);
        return DeploymentScript.Write(
            Script,
            NameOf(workload),
            "end-revisions.sh",
            inputs.UpdatesIdentity,
            TimeoutFor(workload),
            ("APP", new BicepCode($"resourceId('Microsoft.App/containerApps', {BicepWriter.Literal(workload.Label)})")),
            ("CONTENT", content)
        ) with
        {
            Comment = "Ends what runs of it, unless that is what would be deployed.",
        };
    }

    // Of secrets only what tells whether they differ: a hash of one may be tried by whoever reads it.
    private static BicepCode Content(BicepResource app, ModuleInputs inputs, BicepCode? secrets)
    {
        var written = ContentHash.Short(BicepWriter.Write(new() { Comment = "", Resources = [app] }));
        var values = inputs
            .Parameters.Where(static parameter => !parameter.Secure && parameter != ModuleInputs.Location)
            .Select(static parameter => parameter.Name);
        if (secrets is not null)
            values = values.Append(secrets.Text);
        return new($"take(uniqueString({string.Join(", ", values.Prepend(BicepWriter.Literal(written)))}), {ContentLength})");
    }

    /// <summary>
    /// Returns what a container runs to have its data to itself, and the words after it; null where nothing is known of the image, or its
    /// data is elsewhere.
    /// </summary>
    internal static (BicepArray Command, IEnumerable<Template> Arguments)? Hold(Workload workload)
    {
        if (
            !Is(workload)
            || workload.Image is not ImageReference image
            || WellKnownImages.Find(image) is not { Entrypoint.IsEmpty: false } known
        )
            return null;
        if (!workload.Mounts.Any(mount => mount.Path == known.DataPath && !mount.ReadOnly))
            return null;
        var (entrypoint, arguments) = workload.Entrypoint.IsEmpty
            ? (known.Entrypoint, workload.Arguments.IsEmpty ? known.Command.Select(Template.FromText) : workload.Arguments)
            : (workload.Entrypoint, ContainerUser.Arguments(workload));
        var script = new BicepLines(ScriptTemplate.Fill("Azure/hold-data.sh", ("LOCK", $"{known.DataPath}/.lock")));
        return (["/bin/sh", "-c", script, workload.Label], entrypoint.Select(Template.FromText).Concat(arguments));
    }
}
