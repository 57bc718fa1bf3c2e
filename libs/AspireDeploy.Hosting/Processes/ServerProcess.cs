using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Processes;

/// <summary>
/// Stands in the app model for a server that was declared as a container: an executable of the same name, with the same annotations.
/// References, waits, health checks and connection strings name the declared one, and hold, as they look at annotations and names.
/// </summary>
/// <param name="declared">The declared server.</param>
/// <param name="program">How it runs as a process.</param>
internal sealed class ServerProcess(ContainerResource declared, IServerProgram program)
    : ExecutableResource(declared.Name, "undecided", ""),
        IResourceWithConnectionString
{
    // A field is there before the base class's constructor runs, which already adds annotations.
    private readonly ContainerResource _declared = declared;

    public override ResourceAnnotationCollection Annotations => _declared.Annotations;

    /// <summary>Gets the declared server.</summary>
    public ContainerResource Declared => _declared;

    /// <summary>Gets how it runs.</summary>
    public IServerProgram Program { get; } = program;

    /// <summary>Gets what was declared for its container.</summary>
    public required ContainerDeclaration Container { get; init; }

    /// <summary>Gets the volume or bind mount that the container would have had its data on; null for none.</summary>
    public ContainerMountAnnotation? Mount => Container.Mount;

    /// <summary>Gets the endpoint that the server listens on.</summary>
    public EndpointAnnotation Endpoint => Annotations.OfType<EndpointAnnotation>().First(endpoint => endpoint.Name == Program.EndpointName);

    public ReferenceExpression ConnectionStringExpression => Connection.ConnectionStringExpression;

    private IResourceWithConnectionString Connection => (IResourceWithConnectionString)_declared;

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        Connection.GetConnectionProperties();

    ValueTask<string?> IResourceWithConnectionString.GetConnectionStringAsync(CancellationToken cancellationToken) =>
        Connection.GetConnectionStringAsync(cancellationToken);
}
