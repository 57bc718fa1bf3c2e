using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>A probe that isn't HTTP, as <see cref="Aspire.Hosting.ProbeBuilderExtensions"/> declares it.</summary>
/// <param name="type">The question that it answers.</param>
/// <param name="command">The program and its arguments; empty for a connection.</param>
/// <param name="endpointName">The endpoint to connect to; null for a command, or for the resource's first endpoint by TCP.</param>
internal sealed class ProbeDeclarationAnnotation(ProbeType type, IReadOnlyList<string> command, string? endpointName) : IResourceAnnotation
{
    /// <summary>Gets the question that it answers.</summary>
    public ProbeType Type { get; } = type;

    /// <summary>Gets the program and its arguments; empty for a connection.</summary>
    public IReadOnlyList<string> Command { get; } = command;

    /// <summary>Gets the endpoint to connect to; null for a command, or for the resource's first endpoint by TCP.</summary>
    public string? EndpointName { get; } = endpointName;

    /// <summary>Gets how long after the start it is asked first. Defaults to 0 s.</summary>
    public TimeSpan? InitialDelay { get; init; }

    /// <summary>
    /// Gets how often it is asked. Defaults to 5 s, or to what the resource's HTTP health check or probe of this type says.
    /// </summary>
    public TimeSpan? Period { get; init; }

    /// <summary>Gets how long an answer may take. Defaults to 5 s, likewise.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how many failures in a row count. Defaults to 3, likewise.</summary>
    public int? FailureThreshold { get; init; }
}
