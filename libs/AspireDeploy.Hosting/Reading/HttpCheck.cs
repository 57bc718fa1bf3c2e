using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes what an HTTP health check asks, which Aspire keeps in the check's name alone: <c>RESOURCE_ENDPOINT_PATH_STATUS_check</c>.
/// </summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Path">The path.</param>
/// <param name="Status">The status that means healthy.</param>
internal sealed record HttpCheck(string Endpoint, string Path, int Status)
{
    internal static HttpCheck? Find(IResource resource, string key)
    {
        const string Suffix = "_check";
        if (!key.EndsWith(Suffix, StringComparison.Ordinal))
            return null;
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Select(static endpoint => endpoint.Name))
        {
            var prefix = $"{resource.Name}_{endpoint}_";
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || key.Length < prefix.Length + Suffix.Length)
                continue;
            var rest = key[prefix.Length..^Suffix.Length];
            var end = rest.LastIndexOf('_');
            if (end >= 0 && int.TryParse(rest.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
                return new(
                    endpoint,
                    rest[..end] is { Length: > 0 } path
                        ? path.StartsWith('/')
                            ? path
                            : "/" + path
                        : "/",
                    status
                );
        }
        return null;
    }
}
