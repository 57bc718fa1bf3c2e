using System.Text.RegularExpressions;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Azure;

/// <summary>
/// Names of resources and of what is in them. (https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules)
/// </summary>
internal static partial class AzureNames
{
    /// <summary>Gets the most that an app's or a job's name has.</summary>
    internal const int Longest = 32;

    /// <summary>
    /// Gets names that azd's own template has, beside which no parameter of the manifest can stand. (Azure/azure-dev,
    /// cli/azd/resources/apphost/templates/main.bicept)
    /// </summary>
    internal static readonly HashSet<string> OfAzdsTemplate = new(
        ["environmentName", "location", "principalId", "resources", "rg", "tags"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>
    /// Returns whether a text may name an app or a job: 2 to 32 lower-case letters, digits and single hyphens, a letter first.
    /// </summary>
    internal static bool IsApp(string text) => text.Length <= Longest && App().IsMatch(text);

    /// <summary>Gets the most that a resource group's name has.</summary>
    internal const int LongestResourceGroup = 90;

    /// <summary>Returns whether a text may name a resource group, and az doesn't take it for an option.</summary>
    internal static bool IsResourceGroup(string text) => text.Length <= LongestResourceGroup && ResourceGroup().IsMatch(text);

    /// <summary>Returns whether a text may name a region: <c>westeurope</c>.</summary>
    internal static bool IsRegion(string text) => Region().IsMatch(text);

    /// <summary>Returns a resource's name as an identifier of Bicep.</summary>
    internal static string Identifier(string name) => name.Replace('-', '_');

    /// <summary>Returns a name as one of a secret or volume of an app: lower-case letters, digits and single hyphens.</summary>
    internal static string From(string text) => Hyphens().Replace(DnsLabel.From(text), "-");

    /// <summary>Returns the share of a volume, and its name in the environment.</summary>
    internal static string ShareOf(string volume) => DnsLabel.Fit($"data-{From(volume)}", Longest - ReadOnlySuffix.Length);

    /// <summary>Returns the name in the environment of a share as it is mounted.</summary>
    internal static string StorageOf(string volume, bool readOnly) => ShareOf(volume) + (readOnly ? ReadOnlySuffix : "");

    private const string ReadOnlySuffix = "-ro";

    [GeneratedRegex(@"\A[a-z](-?[a-z0-9])+\z", RegexOptions.CultureInvariant)]
    private static partial Regex App();

    [GeneratedRegex(@"\A(?!-)[A-Za-z0-9_().-]*[A-Za-z0-9_()-]\z", RegexOptions.CultureInvariant)]
    private static partial Regex ResourceGroup();

    [GeneratedRegex(@"\A[a-z][a-z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Region();

    [GeneratedRegex("-{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Hyphens();
}
