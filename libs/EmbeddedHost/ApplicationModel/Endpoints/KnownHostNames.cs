namespace Aspire.Hosting.ApplicationModel;

/// <summary>The host names that every application has.</summary>
public static class KnownHostNames
{
    /// <summary>The machine, for processes on it.</summary>
    public const string Localhost = "localhost";

    /// <summary>The machine, for containers of Docker Desktop.</summary>
    public const string DockerDesktopHostBridge = "host.docker.internal";

    /// <summary>The machine, for the application's containers.</summary>
    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";
}
