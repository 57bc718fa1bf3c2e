using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Gateways;

/// <summary>The settings of a gateway's process: <c>Gateway:Routes</c>, <c>Gateway:Services</c>, <c>Gateway:Control</c>.</summary>
internal static class GatewayEnvironment
{
    internal static void Apply(GatewayResource gateway, string controlPath) =>
        gateway.Annotations.Add(
            new EnvironmentCallbackAnnotation(context =>
            {
                foreach (var (name, value) in Settings(gateway, controlPath))
                    context.EnvironmentVariables[name] = value;
            })
        );

    private static IEnumerable<(string Name, string Value)> Settings(GatewayResource gateway, string controlPath)
    {
        yield return ("Gateway__Control", controlPath);
        if (gateway.TryGetLastAnnotation<GatewayHttpsAnnotation>(out var https) && !https.Redirect)
            yield return ("Gateway__RedirectToHttps", "false");
        foreach (var (index, route) in gateway.Routes.Index())
        {
            yield return ($"Gateway__Routes__{index}__Path", route.PathPrefix);
            yield return ($"Gateway__Routes__{index}__Service", route.Service.Name);
            yield return ($"Gateway__Routes__{index}__StripPrefix", route.StripPrefix ? "true" : "false");
        }

        foreach (var route in gateway.Routes.DistinctBy(route => route.Service))
        {
            yield return ($"Gateway__Services__{route.Service.Name}__Probe", ProbePath.Find(route.Service) ?? "");
            yield return (
                $"Gateway__Services__{route.Service.Name}__Http2",
                route.Endpoint.EndpointAnnotation.Transport == "http2" ? "true" : "false"
            );
        }
    }
}
