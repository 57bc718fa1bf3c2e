using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Scaling;

/// <summary>The command that restarts a resource's replicas one at a time.</summary>
internal static class RollingRestartCommand
{
    internal const string Name = "rolling-restart";

    /// <summary>Returns a single replica can't be restarted without a gap: that is the host's own restart.</summary>
    internal static bool Fits(IResource resource) => resource is ProjectResource and not GatewayResource && resource.GetReplicaCount() > 1;

    internal static void AddTo(IResource resource, RollingRestart rolling) =>
        resource.Annotations.Add(
            new ResourceCommandAnnotation(
                Name,
                "Rolling restart",
                static context =>
                    context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
                        ? ResourceCommandState.Enabled
                        : ResourceCommandState.Disabled,
                async context =>
                {
                    await rolling.RunAsync(resource, context.CancellationToken).ConfigureAwait(false);
                    return CommandResults.Success();
                },
                "Restart all replicas, one at a time: each finishes its requests first and is healthy before the next.",
                arguments: null,
                confirmationMessage: null,
                iconName: "ArrowSyncCircle",
                iconVariant: IconVariant.Regular,
                isHighlighted: false
            )
        );
}
