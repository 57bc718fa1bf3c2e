using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Lifecycle;
using AspireDeploy.Local;
using AspireDeploy.Mistakes;

namespace AspireDeploy;

/// <summary>Puts a concept's annotation on a resource.</summary>
internal static class ConceptBuilderExtensions
{
    /// <summary>
    /// Adds an annotation in the place of an earlier one of its kind, and has the whole declaration checked before anything starts, and
    /// hold while it runs.
    /// </summary>
    internal static IResourceBuilder<T> WithConcept<T, TAnnotation>(this IResourceBuilder<T> builder, TAnnotation annotation)
        where T : IResource
        where TAnnotation : IResourceAnnotation =>
        builder.HeldLocally().WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Has the whole declaration checked before anything starts, and hold while it runs.</summary>
    internal static IResourceBuilder<T> HeldLocally<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        LocalRun.AddTo(builder.ApplicationBuilder);
        return builder.WithDeclarationCheck();
    }

    /// <summary>Has the whole declaration checked before anything starts. How it runs on a developer's machine isn't changed.</summary>
    internal static IResourceBuilder<T> WithDeclarationCheck<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        MistakeLine.Show();
        ManifestWarning.AddTo(builder.ApplicationBuilder);
        builder.ApplicationBuilder.Services.TryAddEventingSubscriber<DeclarationCheck>();
        return builder;
    }
}
