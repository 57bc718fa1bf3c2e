using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Gateways;

/// <summary>
/// Has an ASP.NET Core program behind a gateway take a request for what the gateway says it is, so that a whole link that it makes begins
/// with <c>https</c>: what Aspire tells it to when it is published. What its own declaration says stands. (ASP.NET Core, "Configure ASP.NET
/// Core to work with proxy servers".)
/// </summary>
internal static class ForwardedRequests
{
    internal const string Variable = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    internal static void Trust(IResource service)
    {
        if (service is not ProjectResource || service.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
            return;
        service.Annotations.Add(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables.TryAdd(Variable, "true")));
    }
}
