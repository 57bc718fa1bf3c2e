namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// The variables that tell a resource of another's endpoints: <c>services__NAME__SCHEME__INDEX</c>, which service discovery reads,
/// and <c>NAME_ENDPOINT</c>, as Aspire 13.5 writes them.
/// </summary>
internal static class ReferencedEndpoints
{
    public static void AddTo(
        Dictionary<string, object> variables,
        EndpointReferenceAnnotation reference,
        string? name,
        ReferenceEnvironmentInjectionFlags flags)
    {
        var service = name ?? reference.Resource.Name;
        foreach (var endpoint in reference.Resource.GetEndpoints(reference.ContextNetworkId).Where(endpoint => IsTold(reference, endpoint)))
        {
            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                var prefix = name is null ? EnvironmentVariableName.UpperOf(service) : EnvironmentVariableName.Of(name);
                variables[$"{prefix}_{EnvironmentVariableName.UpperOf(endpoint.EndpointName)}"] = endpoint;
            }

            if (flags.HasFlag(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                variables[FreeKey(variables, $"services__{service}__{(endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName)}")] = endpoint;
            }
        }
    }

    private static bool IsTold(EndpointReferenceAnnotation reference, EndpointReference endpoint) =>
        reference.EndpointNames.Contains(endpoint.EndpointName) || (reference.UseAllEndpoints && !endpoint.ExcludeReferenceEndpoint);

    private static string FreeKey(Dictionary<string, object> variables, string prefix)
    {
        var index = 0;
        while (variables.ContainsKey($"{prefix}__{index}"))
        {
            index++;
        }

        return $"{prefix}__{index}";
    }
}
