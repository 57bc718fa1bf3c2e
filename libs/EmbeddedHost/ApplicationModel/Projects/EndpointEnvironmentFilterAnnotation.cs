namespace Aspire.Hosting.ApplicationModel;

/// <summary>Leaves endpoints out of the variables that tell a project what to listen on.</summary>
internal sealed class EndpointEnvironmentFilterAnnotation(Func<EndpointAnnotation, bool> filter) : IResourceAnnotation
{
    public Func<EndpointAnnotation, bool> Filter => filter;
}
