namespace Aspire.Hosting.Dcp;

/// <summary>A process. DCP never restarts it: every start is a new object.</summary>
internal sealed class Executable : DcpObject, IDcpObject<Executable>
{
    public static string Plural => "executables";

    public override string Kind => nameof(Executable);

    public required ExecutableSpec Spec { get; init; }

    public ExecutableStatus? Status { get; init; }
}

internal sealed class ExecutableSpec
{
    public required string ExecutablePath { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Values may hold templates: <c>{{- portForServing "service" -}}</c> is the port on which this very process serves a service.</summary>
    public List<string> Args { get; init; } = [];

    /// <summary>Likewise.</summary>
    public List<EnvVar> Env { get; init; } = [];

    /// <summary><c>Process</c>: DCP starts it; <c>IDE</c>: it asks the IDE in whose session it runs.</summary>
    public string ExecutionType { get; set; } = "Process";

    /// <summary>How it is started where that fails.</summary>
    public List<string>? FallbackExecutionTypes { get; set; }

    public bool? Start { get; init; }

    public bool? Stop { get; init; }
}

internal sealed class ExecutableStatus
{
    /// <summary>See <see cref="ExecutableStates" />.</summary>
    public string? State { get; init; }

    public long? Pid { get; init; }

    public int? ExitCode { get; init; }

    public DateTime? StartupTimestamp { get; init; }

    public DateTime? FinishTimestamp { get; init; }

    public List<EnvVar>? EffectiveEnv { get; init; }

    public List<string>? EffectiveArgs { get; init; }
}

internal static class ExecutableStates
{
    public const string Starting = nameof(Starting);
    public const string Running = nameof(Running);
    public const string Stopping = nameof(Stopping);
    public const string Terminated = nameof(Terminated);
    public const string FailedToStart = nameof(FailedToStart);
    public const string Finished = nameof(Finished);
    public const string Unknown = nameof(Unknown);
}
