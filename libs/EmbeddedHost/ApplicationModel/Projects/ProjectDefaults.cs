using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Gives a project what every project has: telemetry, console output, and the endpoints and environment of its launch profile.</summary>
internal static class ProjectDefaults
{
    public static void Apply<T>(IResourceBuilder<T> builder, ProjectResourceOptions options)
        where T : class, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithArgs
    {
        var application = builder.ApplicationBuilder;
        var isRun = application.ExecutionContext.IsRunMode;
        AddTelemetry(builder, isRun && application.Environment.IsDevelopment());
        ChooseProfile(builder, options);

        var profile = EffectiveLaunchProfile.Of(builder.Resource);
        var settings = ProjectEndpoints.Settings(builder.Resource.Project());
        var kestrel = options.ExcludeKestrelEndpoints ? [] : ProjectEndpoints.Of(settings);
        var isHttp2 = settings["Kestrel:EndpointDefaults:Protocols"] == "Http2";
        var hosts = kestrel.Count == 0 ? [] : AddKestrel(builder, kestrel, isHttp2, isRun);
        if (isRun)
        {
            Run(builder, profile, kestrel.Count > 0, isHttp2);
        }
        else
        {
            Publish(builder, profile, kestrel.Count > 0, isHttp2, hosts);
        }

        if (isRun && hosts.Count > 0)
        {
            builder.WithEnvironment(context => ProjectListening.AddKestrelUrls(builder.Resource, hosts, null, context.EnvironmentVariables));
        }
    }

    private static void AddTelemetry<T>(IResourceBuilder<T> builder, bool isDevelopment) where T : IResourceWithEnvironment
    {
        builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY", "in_memory");
        if (isDevelopment)
        {
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION", "true");
            builder.WithEnvironment("OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION", "true");
        }

        builder.WithOtlpExporter();
        builder.WithEnvironment(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                // The engine captures plain text: no colours, and each entry with the moment that the dashboard sorts by.
                context.EnvironmentVariables.TryAdd("LOGGING__CONSOLE__FORMATTERNAME", "simple");
                context.EnvironmentVariables.TryAdd("LOGGING__CONSOLE__FORMATTEROPTIONS__TIMESTAMPFORMAT", "yyyy-MM-ddTHH:mm:ss.fffffff ");
            }
        });
    }

    private static void ChooseProfile<T>(IResourceBuilder<T> builder, ProjectResourceOptions options) where T : IResource
    {
        var configuration = builder.ApplicationBuilder.Configuration;
        if (options.ExcludeLaunchProfile)
        {
            builder.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        }
        else if (!string.IsNullOrEmpty(options.LaunchProfileName))
        {
            builder.WithAnnotation(new LaunchProfileAnnotation(options.LaunchProfileName));
        }
        else if ((configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"]) is { Length: > 0 } own)
        {
            builder.WithAnnotation(new DefaultLaunchProfileAnnotation(own));
        }
    }

    private static Dictionary<EndpointAnnotation, string> AddKestrel<T>(IResourceBuilder<T> builder, IReadOnlyList<ProjectEndpoint> endpoints, bool isHttp2, bool isRun)
        where T : IResourceWithEndpoints
    {
        var hosts = new Dictionary<EndpointAnnotation, string>();
        foreach (var endpoint in endpoints)
        {
            builder.WithEndpoint(endpoint.Name, e =>
            {
                e.Port = isRun ? endpoint.Port : e.Port;
                e.TargetPort = isRun ? e.TargetPort : endpoint.Port;
                Describe(e, endpoint, isHttp2);
                hosts[e] = e.TargetHost;
            });
        }

        return hosts;
    }

    private static void Run<T>(IResourceBuilder<T> builder, EffectiveLaunchProfile? effective, bool hasKestrel, bool isHttp2)
        where T : IResourceWithEnvironment, IResourceWithEndpoints
    {
        if (!hasKestrel)
        {
            builder.WithEnvironment(context => ProjectListening.AddUrls(builder.Resource, context.EnvironmentVariables));
        }

        if (effective is not { Name: var name, Profile: var profile })
        {
            SetEnvironmentName(builder);
            return;
        }

        if (!hasKestrel)
        {
            foreach (var endpoint in ProjectEndpoints.Of(profile))
            {
                builder.WithEndpoint(endpoint.Name, e =>
                {
                    e.Port = endpoint.Port;
                    e.FromLaunchProfile = true;
                    Describe(e, endpoint, isHttp2);
                });
            }

            OpenAt(builder, profile.LaunchUrl);
        }

        builder.WithEnvironment(context =>
        {
            context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", name);
            foreach (var (variable, value) in profile.EnvironmentVariables)
            {
                context.EnvironmentVariables.TryAdd(variable, Environment.ExpandEnvironmentVariables(value));
            }
        });
        SetEnvironmentName(builder);
    }

    // What the launch profile does not say is as it is for the AppHost.
    private static void SetEnvironmentName<T>(IResourceBuilder<T> builder) where T : IResourceWithEnvironment =>
        builder.WithEnvironment(context =>
        {
            var name = builder.ApplicationBuilder.Environment.EnvironmentName;
            context.EnvironmentVariables.TryAdd("ASPNETCORE_ENVIRONMENT", name);
            context.EnvironmentVariables.TryAdd("DOTNET_ENVIRONMENT", name);
        });

    private static void Publish<T>(
        IResourceBuilder<T> builder,
        EffectiveLaunchProfile? profile,
        bool hasKestrel,
        bool isHttp2,
        Dictionary<EndpointAnnotation, string> hosts) where T : IResourceWithEnvironment, IResourceWithEndpoints
    {
        var project = builder.Resource;
        EndpointAnnotation? defaultHttps = null;
        builder.WithEnvironment(context =>
        {
            if (project.GetEndpoints().Any() && !project.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
            {
                context.EnvironmentVariables["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true";
            }

            if (hasKestrel)
            {
                ProjectListening.AddKestrelUrls(project, hosts.ToDictionary(h => h.Key, _ => "*"), defaultHttps, context.EnvironmentVariables);
            }
            else
            {
                ProjectListening.AddPorts(project, defaultHttps, context.EnvironmentVariables);
            }
        });
        if (!hasKestrel && profile?.Profile.ApplicationUrl is null)
        {
            return;
        }

        var http = ForScheme("http");
        var hadHttps = Find("https") is not null;
        var https = ForScheme("https");
        defaultHttps = hadHttps ? null : https;
        http.TargetPort = https.TargetPort = http.TargetPort ?? https.TargetPort;

        EndpointAnnotation ForScheme(string scheme)
        {
            if (Find(scheme) is { } existing)
            {
                return existing;
            }

            builder.WithEndpoint(scheme, e => Describe(e, new(scheme, scheme, e.TargetHost, 0, null), isHttp2));
            return Find(scheme)!;
        }

        EndpointAnnotation? Find(string scheme) => project.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(e => e.UriScheme == scheme || string.Equals(e.Name, scheme, StringComparison.OrdinalIgnoreCase));
    }

    private static void Describe(EndpointAnnotation endpoint, ProjectEndpoint found, bool isHttp2)
    {
        endpoint.UriScheme = found.Scheme;
        endpoint.TargetHost = found.Host;
        if (found.Protocols is { } protocols ? protocols == "Http2" : isHttp2)
        {
            endpoint.Transport = "http2";
        }
    }

    private static void OpenAt<T>(IResourceBuilder<T> builder, string? launchUrl) where T : IResourceWithEndpoints
    {
        if (string.IsNullOrEmpty(launchUrl))
        {
            return;
        }

        builder.WithUrls(context =>
        {
            foreach (var url in context.Urls.Where(u => u.Endpoint is { EndpointAnnotation.FromLaunchProfile: true } && Uri.TryCreate(u.Url, UriKind.Absolute, out _)))
            {
                url.Url = new Uri(new Uri(url.Url), launchUrl).ToString();
            }
        });
    }
}
