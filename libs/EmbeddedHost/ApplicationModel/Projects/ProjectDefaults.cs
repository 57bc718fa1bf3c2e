using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What every project is started with: the endpoints and variables of its launch profile, and where to listen.</summary>
internal static class ProjectDefaults
{
    public static IResourceBuilder<ProjectResource> AddTo(IResourceBuilder<ProjectResource> project)
    {
        var resource = project.Resource;
        var isRun = project.ApplicationBuilder.ExecutionContext.IsRunMode;
        var profile = LaunchSettingsFile.EffectiveProfile(resource);

        foreach (var address in (profile?.Profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            AddEndpoint(project, new Uri(address.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal)), isRun);
        }

        return project
            .WithOtlpExporter()
            .WithEnvironment(context =>
            {
                if (!context.ExecutionContext.IsRunMode)
                {
                    return;
                }

                var variables = context.EnvironmentVariables;
                foreach (var (name, value) in profile?.Profile.EnvironmentVariables ?? [])
                {
                    variables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
                }

                variables.TryAdd("ASPNETCORE_ENVIRONMENT", project.ApplicationBuilder.Environment.EnvironmentName);
                variables.TryAdd("DOTNET_ENVIRONMENT", project.ApplicationBuilder.Environment.EnvironmentName);

                // The engine captures plain text: no colours, one line an entry, with the moment that the dashboard sorts by.
                variables.TryAdd("LOGGING__CONSOLE__FORMATTERNAME", "simple");
                variables.TryAdd("LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT", "yyyy-MM-ddTHH:mm:ss.fffffff ");

                SetAddresses(resource, variables);
            });
    }

    private static void AddEndpoint(IResourceBuilder<ProjectResource> project, Uri address, bool isRun)
    {
        var endpoint = project.Resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(e => e.Name == address.Scheme);
        if (endpoint is null)
        {
            project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, address.Scheme, port: isRun ? address.Port : null)
            {
                FromLaunchProfile = true,
                TlsEnabled = address.Scheme == "https",
            });
        }
    }

    /// <summary>Each replica listens on ports that the engine gives it.</summary>
    private static void SetAddresses(ProjectResource resource, Dictionary<string, object> variables)
    {
        var endpoints = resource.GetEndpoints().Where(e => e.Scheme is "http" or "https" && e.EndpointAnnotation.TargetPortEnvironmentVariable is null).ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        var addresses = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            if (!addresses.IsEmpty)
            {
                addresses.AppendLiteral(";");
            }

            addresses.Append($"{endpoint.Scheme}://localhost:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        variables["ASPNETCORE_URLS"] = addresses.Build();
    }
}
