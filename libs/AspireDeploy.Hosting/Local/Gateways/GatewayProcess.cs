using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tools;

namespace AspireDeploy.Local.Gateways;

/// <summary>
/// Describes what a gateway's process needs that <c>AddProject</c> gives others: its addresses, the environment's name, telemetry; and a
/// health check.
/// </summary>
internal static class GatewayProcess
{
    private const string NoIde = "aspiredeploy-gateway";

    internal static IResourceBuilder<GatewayResource> RunLocally(this IResourceBuilder<GatewayResource> builder)
    {
        if (!builder.ApplicationBuilder.ExecutionContext.IsRunMode)
            return builder;
        var environment = builder.ApplicationBuilder.Environment.EnvironmentName;
        return builder
            .WithEnvironment(context => Listen(builder.Resource, context.EnvironmentVariables))
            .WithEnvironment("ASPNETCORE_ENVIRONMENT", environment)
            .WithOtlpExporter()
            .WithHttpHealthCheck("/health", endpointName: GatewayResource.HttpEndpointName);
    }

    /// <summary>
    /// Starts the library's own program. It has no project: an IDE that starts projects leaves it to the orchestrator, as Aspire does with
    /// what debugs in a way that no IDE offers, and nothing rebuilds it.
    /// </summary>
    internal static IResourceBuilder<GatewayResource> RunProgram(this IResourceBuilder<GatewayResource> builder, GatewayProgram program)
    {
        var annotations = builder.Resource.Annotations;
        foreach (var rebuilt in annotations.OfType<ProjectLaunchDefaultsAnnotation>().ToList())
            annotations.Remove(rebuilt);
        return builder
            .WithAnnotation(
                new ExecutableAnnotation
                {
                    Command = DotnetMuxer.Find(ToolEnvironment.ForProcess()),
                    WorkingDirectory = builder.ApplicationBuilder.AppHostDirectory,
                }
            )
            .WithArgs(program.ProjectPath)
            .WithDebugSupport(static mode => new ExecutableLaunchConfiguration(NoIde) { Mode = mode }, NoIde);
    }

    private static void Listen(GatewayResource gateway, Dictionary<string, object> variables)
    {
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in gateway.GetEndpoints())
        {
            if (endpoint.IsHttps)
                variables["ASPNETCORE_HTTPS_PORT"] = endpoint.Property(EndpointProperty.Port);
            urls.AppendLiteral(urls.IsEmpty ? "" : ";");
            urls.Append($"{endpoint.Property(EndpointProperty.Scheme)}://localhost:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        variables["ASPNETCORE_URLS"] = urls.Build();
    }
}
