namespace Aspire.Hosting.ApplicationModel;

/// <summary>The variables that tell a project what to listen on, as Aspire writes them.</summary>
internal static class ProjectListening
{
    /// <summary>When running: <c>ASPNETCORE_URLS</c>, and <c>ASPNETCORE_HTTPS_PORT</c> for redirects.</summary>
    public static void AddUrls(IResourceWithEndpoints project, Dictionary<string, object> variables)
    {
        if (variables.ContainsKey("ASPNETCORE_URLS"))
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in Told(project))
        {
            if (endpoint.IsHttps)
            {
                variables.TryAdd("ASPNETCORE_HTTPS_PORT", endpoint.Property(EndpointProperty.Port));
            }

            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        if (!urls.IsEmpty)
        {
            variables["ASPNETCORE_URLS"] = urls.Build();
        }
    }

    /// <summary>When publishing: <c>HTTP_PORTS</c> and <c>HTTPS_PORTS</c>.</summary>
    public static void AddPorts(IResourceWithEndpoints project, EndpointAnnotation? defaultHttps, Dictionary<string, object> variables)
    {
        foreach (var (variable, scheme) in (ReadOnlySpan<(string, string)>)[("HTTP_PORTS", "http"), ("HTTPS_PORTS", "https")])
        {
            var ports = new ReferenceExpressionBuilder();
            foreach (var endpoint in Told(project).Where(e => e.Scheme == scheme && e.EndpointAnnotation != defaultHttps))
            {
                ports.AppendLiteral(ports.IsEmpty ? "" : ";");
                ports.Append($"{endpoint.Property(EndpointProperty.TargetPort)}");
            }

            if (!ports.IsEmpty)
            {
                variables.TryAdd(variable, ports.Build());
            }
        }
    }

    /// <summary>For endpoints of the Kestrel settings: <c>Kestrel__Endpoints__NAME__Url</c>.</summary>
    public static void AddKestrelUrls(
        IResourceWithEndpoints project,
        IReadOnlyDictionary<EndpointAnnotation, string> hosts,
        EndpointAnnotation? defaultHttps,
        Dictionary<string, object> variables)
    {
        foreach (var endpoint in Told(project).Where(e => e.EndpointAnnotation != defaultHttps))
        {
            var host = hosts.GetValueOrDefault(endpoint.EndpointAnnotation, "*");
            variables[$"Kestrel__Endpoints__{endpoint.EndpointName}__Url"] =
                ReferenceExpression.Create($"{endpoint.Scheme}://{host}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
    }

    private static IEnumerable<EndpointReference> Told(IResourceWithEndpoints project)
    {
        var filters = project.Annotations.OfType<EndpointEnvironmentFilterAnnotation>().ToList();
        return project.GetEndpoints().Where(e =>
            e.Scheme is "http" or "https" && e.EndpointAnnotation.TargetPortVariable is null && filters.TrueForAll(f => f.Filter(e.EndpointAnnotation)));
    }
}
