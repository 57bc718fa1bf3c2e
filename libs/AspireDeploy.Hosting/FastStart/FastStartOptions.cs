namespace AspireDeploy;

/// <summary>Provides the choices of <c>WithFastStart</c>: each is on unless it is left out.</summary>
public sealed class FastStartOptions
{
    /// <summary>
    /// Gets or sets whether the orchestrator's API uses a certificate that is kept, where the machine has no trusted development
    /// certificate. Defaults to true. Aspire 13.6 makes a new RSA key at every start there, which takes one to four seconds.
    /// </summary>
    public bool KeepOrchestratorCertificate { get; set; } = true;

    /// <summary>
    /// Gets or sets whether a project's built program is started. Defaults to true. Aspire 13.6 starts <c>dotnet run</c> around it, about a
    /// second and 140 MB a replica. An IDE that runs the projects, and <c>dotnet watch</c>, go on doing so.
    /// </summary>
    public bool StartBuiltProjects { get; set; } = true;

    /// <summary>
    /// Gets or sets whether a resource that starts is asked for its health until it is healthy. Defaults to true. Aspire 13.6 asks again a
    /// second later, then two, and so on.
    /// </summary>
    public bool AskHealthPromptly { get; set; } = true;

    /// <summary>
    /// Gets or sets whether projects are told where to send telemetry only if the run has a dashboard. Defaults to true. Aspire 13.6 tells
    /// them under test as well, where nobody listens, and each takes ten seconds to end.
    /// </summary>
    public bool OmitUnusedTelemetry { get; set; } = true;
}
