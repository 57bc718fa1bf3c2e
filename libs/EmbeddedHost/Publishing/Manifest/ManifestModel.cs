using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>A manifest as a whole: the model's resources, and then what they refer to.</summary>
internal static class ManifestModel
{
    /// <exception cref="DistributedApplicationException">A resource can't be written.</exception>
    public static async Task WriteAsync(ManifestPublishingContext context, DistributedApplicationModel model)
    {
        var writer = context.Writer;
        foreach (var resource in model.Resources)
        {
            context.References.Reserve(resource.Name);
        }

        writer.WriteStartObject();
        writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            await WriteResourceAsync(context, resource).ConfigureAwait(false);
        }

        // Writing these may refer to further ones.
        var written = model.Resources.Select(r => r.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        while (context.References.Resources.FirstOrDefault(r => written.Add(r.Name)) is { } resource)
        {
            await WriteResourceAsync(context, resource).ConfigureAwait(false);
        }

        foreach (var parameter in context.References.FormattedParameters)
        {
            ManifestParameter.WriteFormats(context, parameter);
        }

        foreach (var (name, conditional) in context.References.Conditionals)
        {
            await WriteConditionalAsync(context, name, conditional).ConfigureAwait(false);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        await writer.FlushAsync(context.CancellationToken).ConfigureAwait(false);
    }

    private static async Task WriteResourceAsync(ManifestPublishingContext context, IResource resource)
    {
        if (resource.IsExcludedFromPublish())
        {
            return;
        }

        context.Writer.WriteStartObject(resource.Name);
        await WriteBodyAsync(context, resource).ConfigureAwait(false);
        context.Writer.WriteEndObject();
        if (resource is ParameterResource parameter)
        {
            ManifestParameter.WriteFormats(context, parameter);
        }
    }

    private static async Task WriteBodyAsync(ManifestPublishingContext context, IResource resource)
    {
        if (resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation))
        {
            await annotation.Callback!(context).ConfigureAwait(false);
            return;
        }

        switch (resource)
        {
            case ContainerResource container:
                await context.WriteContainerAsync(container).ConfigureAwait(false);
                break;
            case ProjectResource project:
                await WriteProjectAsync(context, project).ConfigureAwait(false);
                break;
            case ExecutableResource executable:
                await WriteExecutableAsync(context, executable).ConfigureAwait(false);
                break;
            case ParameterResource parameter:
                ManifestParameter.Write(context, parameter);
                break;
            case IResourceWithConnectionString:
                context.Writer.WriteString("type", "value.v0");
                context.WriteConnectionString(resource);
                break;
            default:
                throw new DistributedApplicationException(
                    $"Resource '{resource.Name}' is a {resource.GetType().Name}, which the manifest has no words for. Say how it is written with WithManifestPublishingCallback, or leave it out with ExcludeFromManifest.");
        }
    }

    private static async Task WriteProjectAsync(ManifestPublishingContext context, ProjectResource project)
    {
        var target = project.GetDeploymentTargetAnnotation();
        context.Writer.WriteString("type", target is null ? "project.v0" : "project.v1");
        context.Writer.WriteString("path", context.GetManifestRelativePath(project.Project().ProjectPath));
        await ManifestDeployment.WriteAsync(context, target).ConfigureAwait(false);
        await WriteRuntimeAsync(context, project).ConfigureAwait(false);
    }

    private static async Task WriteExecutableAsync(ManifestPublishingContext context, ExecutableResource executable)
    {
        context.Writer.WriteString("type", "executable.v0");
        context.WriteConnectionString(executable);
        context.Writer.WriteString("workingDirectory", context.GetManifestRelativePath(executable.WorkingDirectory));
        context.Writer.WriteString("command", executable.Command);
        await WriteRuntimeAsync(context, executable).ConfigureAwait(false);
    }

    private static async Task WriteRuntimeAsync(ManifestPublishingContext context, IResource resource)
    {
        await context.WriteCommandLineArgumentsAsync(resource).ConfigureAwait(false);
        await context.WriteEnvironmentVariablesAsync(resource).ConfigureAwait(false);
        context.WriteBindings(resource);
    }

    /// <summary>Writes the branch that the condition picks. Its expression and not its value: values may be secret, or not known yet.</summary>
    private static async Task WriteConditionalAsync(ManifestPublishingContext context, string name, ReferenceExpression conditional)
    {
        var condition = await conditional.Condition!.GetValueAsync(context.CancellationToken).ConfigureAwait(false);
        var picked = string.Equals(condition, conditional.MatchValue, StringComparison.OrdinalIgnoreCase) ? conditional.WhenTrue! : conditional.WhenFalse!;
        context.Writer.WriteStartObject(name);
        context.Writer.WriteString("type", "value.v0");
        context.Writer.WriteString("connectionString", context.References.Text(picked));
        context.Writer.WriteEndObject();
    }
}
