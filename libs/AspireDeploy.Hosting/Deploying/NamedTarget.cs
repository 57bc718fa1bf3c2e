using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AspireDeploy.Deploying;

/// <summary>
/// Decides which target Aspire's own <c>deploy</c> and <c>destroy</c> mean, which name none: the only one there is. With several they are
/// refused, before anything else of theirs runs; <c>deploy-NAME</c> and <c>destroy-NAME</c> name one.
/// </summary>
internal static class NamedTarget
{
    internal const string Step = "check-target";

    private static readonly string[] Commands = [WellKnownPipelineSteps.Deploy, WellKnownPipelineSteps.Destroy];

    internal static void AddTo(IDistributedApplicationPipeline pipeline)
    {
        pipeline.AddStep(
            new()
            {
                Name = Step,
                Description = "Finds out which target deploy and destroy mean.",
                Action = CheckAsync,
            }
        );
        pipeline.AddPipelineConfiguration(static context =>
        {
            if (RequestedStep.In(context.Services) is not { } requested || !Commands.Contains(requested, StringComparer.Ordinal))
                return Task.CompletedTask;
            var check = context.Steps.First(static step => step.Name == Step);
            check.RequiredBy(requested);
            check.RequiredBy(
                requested == WellKnownPipelineSteps.Deploy ? WellKnownPipelineSteps.DeployPrereq : WellKnownPipelineSteps.DestroyPrereq
            );
            if (Refusal(context.Model, requested) is null)
                return Task.CompletedTask;
            foreach (var step in context.Steps.Where(static step => step.Resource is TargetResource))
                step.RequiredBySteps.Remove(requested);
            return Task.CompletedTask;
        });
    }

    private static async Task CheckAsync(PipelineStepContext context)
    {
        if (RequestedStep.In(context.Services) is not { } requested || !Commands.Contains(requested, StringComparer.Ordinal))
            return;
        if (Refusal(context.Model, requested) is { } refusal)
            throw new DistributedApplicationException(refusal);
        if (requested == WellKnownPipelineSteps.Destroy)
            await ConfirmAsync(context);
    }

    /// <summary>Says why a command can't know its target; null if it can.</summary>
    internal static string? Refusal(DistributedApplicationModel model, string command)
    {
        TargetResource[] targets = [.. model.Resources.OfType<TargetResource>()];
        return targets.Length == 1
            ? null
            : $"'{command}' doesn't say which target it means: run "
                + $"{string.Join(" or ", targets.Select(target => $"'aspire do {command}-{target.Name}'"))}.";
    }

    // As Aspire's own destroy steps do: --yes, or a person who is asked.
    private static async Task ConfirmAsync(PipelineStepContext context)
    {
        if (context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.SkipConfirmation)
            return;
        var target = context.Model.Resources.OfType<TargetResource>().Single();
        var interaction = context.Services.GetRequiredService<IInteractionService>();
        if (!interaction.IsAvailable)
            throw new DistributedApplicationException(
                $"'destroy' takes down what was deployed to {target.Name}, and nobody is there to confirm it: say '--yes true', or "
                    + $"run 'aspire do destroy-{target.Name}'."
            );
        var answer = await interaction.PromptNotificationAsync(
            "Destroy",
            $"Take down what was deployed to {target.Name}?",
            new NotificationInteractionOptions
            {
                Intent = MessageIntent.Confirmation,
                ShowSecondaryButton = true,
                ShowDismiss = false,
                PrimaryButtonText = "Destroy",
                SecondaryButtonText = "Cancel",
            },
            context.CancellationToken
        );
        if (answer.Canceled || !answer.Data)
            throw new DistributedApplicationException("Nothing was destroyed: it wasn't confirmed.");
    }
}
