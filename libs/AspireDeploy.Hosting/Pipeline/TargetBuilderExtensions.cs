using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Targets;

namespace AspireDeploy.Pipeline;

/// <summary>Describes what is the same of every target's declaration.</summary>
internal static class TargetBuilderExtensions
{
    /// <summary>Adds a target.</summary>
    /// <exception cref="DistributedApplicationException">Its name can't be a folder's on every system, or is taken.</exception>
    internal static IResourceBuilder<T> AddTarget<T>(this IDistributedApplicationBuilder builder, T target)
        where T : TargetResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (target.Name.Any(char.IsAsciiLetterUpper))
            throw DeclarationMistake.At(
                $"{target.Name}.name",
                "is a target's, and names a folder that must be the same on every system; write it in lower case, "
                    + $"\"{target.Name.ToLowerInvariant()}\""
            );
        if (
            builder.Resources.FirstOrDefault(resource => string.Equals(resource.Name, target.Name, StringComparison.OrdinalIgnoreCase)) is
            { } other
        )
            throw DeclarationMistake.At(
                $"{target.Name}.name",
                $"is the name of another resource, a {other.GetType().Name}; give the target one of its own, which names its folder too"
            );
        return builder.AddResource(target).WithDeclarationCheck().WithHidden().ExcludeFromManifest().WithTargetSteps();
    }
}
