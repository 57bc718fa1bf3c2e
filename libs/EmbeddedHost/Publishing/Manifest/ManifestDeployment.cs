using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>The property <c>deployment</c> of a resource that says what it is deployed as.</summary>
internal static class ManifestDeployment
{
    public static async Task WriteAsync(ManifestPublishingContext context, DeploymentTargetAnnotation? target)
    {
        if (target is not null && target.DeploymentTarget.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation) && annotation.Callback is { } write)
        {
            context.Writer.WriteStartObject("deployment");
            await write(context).ConfigureAwait(false);
            context.Writer.WriteEndObject();
        }
    }
}
