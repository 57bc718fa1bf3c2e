using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Targets;

/// <summary>
/// The registry that a target's images are pushed to, as Aspire's <c>AddContainerRegistry</c> and <c>WithContainerRegistry</c> declare it.
/// </summary>
internal static partial class ImageRegistry
{
    /// <summary>Returns the registry, with its path if it has one: <c>ghcr.io/acme</c>; null: none is declared.</summary>
    /// <exception cref="PlanException">It isn't a registry, or isn't known when publishing.</exception>
    internal static string? Find(TargetResource target)
    {
        if (!target.TryGetLastAnnotation<ContainerRegistryReferenceAnnotation>(out var declared))
            return null;
        var (endpoint, repository) = (
            TextOf(target, declared.Registry.Endpoint),
            declared.Registry.Repository is { } path ? TextOf(target, path) : ""
        );
        var registry = repository.Length == 0 ? endpoint : $"{endpoint}/{repository}";
        return Registry().IsMatch(registry)
            ? registry
            : throw new PlanException([
                new(
                    $"{target.Name}.registry",
                    $"\"{registry}\" is not a registry; write one like AddContainerRegistry(\"registry\", \"ghcr.io\", \"acme\"), "
                        + "in lower case, without scheme, tag or a slash at its end"
                ),
            ]);
    }

    // Images are named in what is published, so a parameter counts by the default that is declared of it.
    private static string TextOf(TargetResource target, ReferenceExpression expression) =>
        string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            expression.Format,
            [
                .. expression.ValueProviders.Select(provider =>
                    (provider as ParameterResource)?.Default?.GetDefaultValue()
                    ?? throw new PlanException([
                        new(
                            $"{target.Name}.registry",
                            $"is \"{expression.ValueExpression}\", which is known only at deployment, and images are named when "
                                + "publishing; write it out, or declare the parameter's default with publishValueAsDefault: true"
                        ),
                    ])
                ),
            ]
        );

    // Host, port and path as image references have them. (https://pkg.go.dev/github.com/distribution/reference)
    [GeneratedRegex(
        @"\A(localhost|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)(:[0-9]{1,5})?"
            + @"(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Registry();
}
