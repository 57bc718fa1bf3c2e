namespace Aspire.Hosting.Dcp;

/// <summary>An address in front of everything that serves it: DCP listens there and spreads connections over the producers.</summary>
internal sealed class Service : DcpObject, IDcpObject<Service>
{
    public static string Plural => "services";

    public override string Kind => nameof(Service);

    public required ServiceSpec Spec { get; init; }

    public ServiceStatus? Status { get; init; }
}

internal sealed class ServiceSpec
{
    /// <summary>The wanted port; any free one if null.</summary>
    public int? Port { get; init; }

    public string Protocol { get; init; } = "TCP";

    /// <summary>Where to listen; see <c>AddressAllocationMode</c> of DCP's API. <c>Localhost</c> is 127.0.0.1 and ::1.</summary>
    public string AddressAllocationMode { get; init; } = "Localhost";
}

internal sealed class ServiceStatus
{
    /// <summary><c>Ready</c> once something serves it.</summary>
    public string? State { get; init; }

    public string? EffectiveAddress { get; init; }

    public int? EffectivePort { get; init; }
}
