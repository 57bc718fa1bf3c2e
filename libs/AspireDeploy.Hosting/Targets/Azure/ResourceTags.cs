using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// The tags of what is deployed: those that were chosen, and the application's name, by which the scripts know what is the deployment's
/// own.
/// (https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources)
/// </summary>
internal static class ResourceTags
{
    /// <summary>Gets the tag with the application's name.</summary>
    internal const string Own = "aspire-deploy";

    private const string Property = "tags";

    /// <summary>Returns why Azure takes no such tag; null if it does.</summary>
    internal static string? Refusal(string? name, string? value, IEnumerable<(string Name, string Value)> others)
    {
        if (
            name is not { Length: > 0 and <= 128 }
            || name.Any(static letter => "<>%&\\?/".Contains(letter, StringComparison.Ordinal))
            || name.Any(char.IsControl)
        )
            return $"\"{name}\" can't name a tag; write up to 128 letters without <, >, %, &, \\, ? and /";
        if (value is null or { Length: > 256 } || value.Any(char.IsControl))
            return $"\"{value}\" can't be the value of {name}; write up to 256 letters in one line";
        return others.Select(static tag => tag.Name).Append(Own).Contains(name, StringComparer.OrdinalIgnoreCase)
            ? $"has {name} already; take one away"
            : null;
    }

    /// <summary>Returns the tags as a resource has them.</summary>
    internal static BicepObject Of(string application, AzureContainerAppsOptions options)
    {
        var tags = new BicepObject { { Own, application } };
        foreach (var (name, value) in options.Tags)
            tags.Add(name, value);
        return tags;
    }

    /// <summary>Puts them on every resource of a module that can have some: what isn't a part of another.</summary>
    internal static AzureModule Tag(AzureModule module, string application, AzureContainerAppsOptions options)
    {
        foreach (var resource in module.Bicep.Resources.Where(HasTags))
            Tag(resource, application, options);
        return module;
    }

    /// <summary>Puts them on a resource, unless it has some: the AppHost may have changed them.</summary>
    internal static void Tag(BicepResource resource, string application, AzureContainerAppsOptions options)
    {
        if (!resource.Body.Any(static property => property.Name is BicepText { Parts: [BicepLiteral { Text: Property }] }))
            resource.Body.Add(Property, Of(application, options));
    }

    private static bool HasTags(BicepResource resource) =>
        !resource.Existing
        && resource.Type.Count(static letter => letter == '/') == 1
        && !resource.Type.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal);
}
