using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Dashboard;

/// <summary>The dashboard's process, among the application's resources.</summary>
internal static class DashboardResource
{
    public const string Name = "aspire-dashboard";

    // The model sends telemetry to the endpoints of these names.
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";

    /// <summary>Declares it.</summary>
    /// <param name="tool">The program.</param>
    /// <param name="addresses">Where it listens. No proxy stands in front: its ports are its own.</param>
    /// <param name="options">Whether it is shown, and the token that its links carry.</param>
    /// <param name="variables">Its environment, asked for when it starts.</param>
    public static ExecutableResource Create(DashboardTool tool, DashboardAddresses addresses, DashboardOptions options, Func<IReadOnlyDictionary<string, string>> variables)
    {
        var resource = new ExecutableResource(Name, tool.ExecutablePath, Path.GetDirectoryName(tool.ExecutablePath) ?? "");
        resource.Annotations.Add(new IndependentStartAnnotation());
        foreach (var address in addresses.Frontend)
        {
            resource.Annotations.Add(Endpoint(address.Scheme, address));
        }

        if (addresses.OtlpGrpc is { } grpc)
        {
            resource.Annotations.Add(Endpoint(OtlpGrpcEndpoint, grpc, transport: "http2"));
        }

        if (addresses.OtlpHttp is { } http)
        {
            resource.Annotations.Add(Endpoint(OtlpHttpEndpoint, http));
        }

        resource.Annotations.Add(new CommandLineArgsCallbackAnnotation(arguments => tool.Arguments.ToList().ForEach(arguments.Add)));
        resource.Annotations.Add(new EnvironmentCallbackAnnotation((EnvironmentCallbackContext context) =>
        {
            foreach (var (name, value) in variables())
            {
                context.EnvironmentVariables[name] = value;
            }
        }));
        resource.Annotations.Add(new ResourceUrlsCallbackAnnotation(context => Label(context.Urls, options.BrowserToken)));
        resource.Annotations.Add(new ResourceIconAnnotation("ContentView"));
        resource.Annotations.Add(new ResourceSnapshotAnnotation(new() { ResourceType = "Executable", Properties = [], IsHidden = !options.IsShown }));
        return resource;
    }

    private static EndpointAnnotation Endpoint(string name, ListenAddress address, string? transport = null) =>
        new(ProtocolType.Tcp, uriScheme: address.Scheme, transport: transport, name: name, port: address.Port, targetPort: address.Port, isProxied: false)
        {
            TargetHost = address.Host,
        };

    private static void Label(IEnumerable<ResourceUrlAnnotation> urls, string? browserToken)
    {
        foreach (var url in urls.Where(url => url.Endpoint is not null))
        {
            var name = url.Endpoint!.EndpointName;
            var isPage = name is "http" or "https";
            url.DisplayText = isPage ? $"Dashboard ({name})" : name;
            if (isPage && !string.IsNullOrEmpty(browserToken))
            {
                url.Url = DashboardLogin.Url(new Uri(url.Url), browserToken);
            }
        }
    }
}
