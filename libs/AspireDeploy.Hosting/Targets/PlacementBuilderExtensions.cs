using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Targets;

namespace Aspire.Hosting;

/// <summary>Declares which targets a resource is deployed to.</summary>
public static class PlacementBuilderExtensions
{
    /// <summary>
    /// Keeps a resource out of targets; the others have it as before. Whatever stays on such a target can't refer to it there or wait for
    /// it.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="targets">The targets that don't get it.</param>
    /// <returns>The builder.</returns>
    /// <example>
    /// <code>
    /// var nomad = builder.AddNomadTarget();
    /// builder.AddContainer("reports", "example/reports", "1").ExcludeFrom(nomad);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> ExcludeFrom<T>(this IResourceBuilder<T> builder, params IResourceBuilder<TargetResource>[] targets)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(targets);
        foreach (var target in targets)
            builder.WithAnnotation(new ExcludedFromAnnotation(target.Resource.Name));
        return builder.WithDeclarationCheck();
    }

    /// <summary>Keeps a resource out of all targets but these, in the place of an earlier choice.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="targets">The targets that get it.</param>
    /// <returns>The builder.</returns>
    /// <example>
    /// <code>
    /// var compose = builder.AddDockerComposeTarget();
    /// builder.AddContainer("mail", "example/mail", "1").WithComputeEnvironment(compose);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithComputeEnvironment<T>(
        this IResourceBuilder<T> builder,
        params IResourceBuilder<TargetResource>[] targets
    )
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Length == 0)
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.computeEnvironment",
                "WithComputeEnvironment() names no target, and would have it deployed nowhere; name one, or take the call away"
            );
        return builder
            .WithDeclarationCheck()
            .WithAnnotation(
                new OnlyOnAnnotation([.. targets.Select(static target => target.Resource.Name)]),
                ResourceAnnotationMutationBehavior.Replace
            );
    }
}
