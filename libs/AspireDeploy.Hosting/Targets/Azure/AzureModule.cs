using AspireDeploy.Model;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Targets.Azure;

/// <summary>A Bicep module of the deployment.</summary>
/// <param name="Resource">The resource in azd's manifest that it belongs to.</param>
/// <param name="Bicep">The module.</param>
/// <param name="Arguments">What its parameters are given, by name, by whoever deploys it. A parameter that isn't here has a value of its
/// own.</param>
internal sealed record AzureModule(string Resource, BicepModule Bicep, IReadOnlyDictionary<string, ModuleArgument> Arguments)
{
    /// <summary>Gets what the AppHost has changed of its resource.</summary>
    public EquatableArray<PublishedChange> Changes { get; init; }

    /// <summary>Gets where it is in the target's folder.</summary>
    internal string Path => PathOf(Resource);

    internal static string PathOf(string resource) => $"{resource}.bicep";
}
