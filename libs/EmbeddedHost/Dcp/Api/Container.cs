namespace Aspire.Hosting.Dcp;

/// <summary>A container of Docker or Podman.</summary>
internal sealed class Container : DcpObject, IDcpObject<Container>
{
    public static string Plural => "containers";

    public override string Kind => nameof(Container);

    public required ContainerSpec Spec { get; init; }

    public ContainerStatus? Status { get; init; }
}

internal sealed class ContainerSpec
{
    public required string Image { get; init; }

    public string? ContainerName { get; init; }

    public List<ContainerVolumeMount>? VolumeMounts { get; init; }

    public List<ContainerPort>? Ports { get; init; }

    public List<EnvVar>? Env { get; init; }

    /// <summary>Replaces the image's entry point.</summary>
    public string? Command { get; init; }

    public List<string>? Args { get; init; }

    public List<ContainerNetworkConnection>? Networks { get; init; }

    public bool? Persistent { get; init; }

    public bool? Stop { get; init; }

    public List<string>? RunArgs { get; init; }

    /// <summary><c>always</c>, <c>missing</c> or <c>never</c>.</summary>
    public string? PullPolicy { get; init; }
}

internal sealed record ContainerVolumeMount(string Type, string Source, string Target, bool ReadOnly);

internal sealed record ContainerPort(int ContainerPortNumber, int? HostPort, string? HostIP, string Protocol)
{
    [System.Text.Json.Serialization.JsonPropertyName("containerPort")]
    public int ContainerPortNumber { get; init; } = ContainerPortNumber;
}

internal sealed record ContainerNetworkConnection(string Name, List<string> Aliases);

internal sealed class ContainerStatus
{
    /// <summary>Such as <c>Pending</c>, <c>Building</c>, <c>Starting</c>, <c>Running</c>, <c>Paused</c>, <c>Stopping</c>, <c>Exited</c>, <c>FailedToStart</c>, <c>Unknown</c>.</summary>
    public string? State { get; init; }

    public string? ContainerId { get; init; }

    public int? ExitCode { get; init; }

    public string? Message { get; init; }

    public DateTime? StartupTimestamp { get; init; }

    public DateTime? FinishTimestamp { get; init; }

    public List<EnvVar>? EffectiveEnv { get; init; }

    public List<string>? EffectiveArgs { get; init; }
}
