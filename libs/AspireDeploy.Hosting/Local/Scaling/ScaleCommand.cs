using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Scaling;

/// <summary>The command that changes how many replicas of a resource run.</summary>
internal static class ScaleCommand
{
    internal const string Name = "scale";
    internal const string DisplayName = "Scale";
    internal const string Replicas = "replicas";

    internal static bool Fits(IResource resource) => Headroom.IsApplied(resource);

    internal static string Description(IResource resource) =>
        $"Run 1 to {resource.GetReplicaCount()} replicas of {resource.Name}. Those that leave finish their requests first.";

    internal static string Limits(IResource resource) =>
        $"{resource.Name} runs as 1 to {resource.GetReplicaCount()} replicas: up to twice what WithReplicas declares, or the most "
        + "of WithAutoscaling.";

    internal static void AddTo(IResource resource, ScaledReplicas scaling)
    {
        var most = resource.GetReplicaCount();
        resource.Annotations.Add(
            new ResourceCommandAnnotation(
                Name,
                DisplayName,
                static _ => ResourceCommandState.Enabled,
                async context =>
                {
                    var wanted = int.Parse(context.Arguments[Replicas].Value!, CultureInfo.InvariantCulture);
                    await scaling.ScaleAsync(resource, wanted, context.CancellationToken).ConfigureAwait(false);
                    return CommandResults.Success();
                },
                Description(resource),
                [
                    new InteractionInput
                    {
                        Name = Replicas,
                        Label = "Replicas",
                        InputType = InputType.Number,
                        Required = true,
                        Placeholder = $"1 to {most}",
                    },
                ],
                confirmationMessage: null,
                iconName: "ArrowAutofitContent",
                iconVariant: IconVariant.Regular,
                isHighlighted: false,
                validateArguments: context =>
                {
                    var given = context.Inputs[Replicas];
                    if (
                        !int.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
                        || wanted < 1
                        || wanted > most
                    )
                    {
                        context.AddValidationError(given, Limits(resource));
                    }

                    return Task.CompletedTask;
                }
            )
        );
    }
}
