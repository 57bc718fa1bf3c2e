using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Gateways;

/// <summary>What a gateway's process needs that <c>AddProject</c> gives others: its addresses, the environment's name, telemetry; and a health check.</summary>
internal static class GatewayProcess
{
    internal static IResourceBuilder<GatewayResource> RunLocally(this IResourceBuilder<GatewayResource> builder)
    {
        if (!builder.ApplicationBuilder.ExecutionContext.IsRunMode) return builder;
        var environment = builder.ApplicationBuilder.Environment.EnvironmentName;
        return builder
            .WithEnvironment(context => Listen(builder.Resource, context.EnvironmentVariables))
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
            .WithOtlpExporter()
            .WithHttpHealthCheck("/health", endpointName: GatewayResource.HttpEndpointName);
    }

    private static void Listen(GatewayResource gateway, Dictionary<string, object> variables)
    {
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in gateway.GetEndpoints())
        {
            if (endpoint.IsHttps) variables["ASPNETCORE_HTTPS_PORT"] = endpoint.Property(EndpointProperty.Port);
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://localhost:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        variables["ASPNETCORE_URLS"] = urls.Build();
    }
}
