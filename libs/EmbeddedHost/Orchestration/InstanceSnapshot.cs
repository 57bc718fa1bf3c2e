using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes snapshots of what DCP says of a process or container.</summary>
internal sealed class InstanceSnapshot(LaunchSecrets secrets)
{
    public static bool HasEnded(Executable executable) =>
        executable.Status?.State is ExecutableStates.Finished or ExecutableStates.Terminated or ExecutableStates.FailedToStart or ExecutableStates.Unknown;

    public static bool HasEnded(Container container) => container.Status?.State is "Exited" or "FailedToStart" or "Unknown";

    public Func<CustomResourceSnapshot, CustomResourceSnapshot> Of(Executable executable, Instance instance) => before =>
    {
        var status = executable.Status;
        var state = State(status?.State, before);
        var after = before with
        {
            State = state,
            ExitCode = status?.ExitCode,
            StartTimeStamp = StartOf(status, instance),
            StopTimeStamp = status?.FinishTimestamp,
            EnvironmentVariables = Variables(status?.EffectiveEnv, executable.Spec.Env ?? []),
            Urls = Activated(before.Urls, state),
        };
        var isBacking = instance.Resource.Annotations.OfType<ProcessBackingAnnotation>().Any();
        var (path, arguments) = (executable.Spec.ExecutablePath, (IReadOnlyList<string>)(status?.EffectiveArgs ?? executable.Spec.Args ?? []));
        (path, arguments) = isBacking ? VisibleCommand.Of(path, arguments) : new(path, arguments);
        after = after
            .WithProperty(KnownResourceProperties.ExecutablePath, path)
            .WithProperty(KnownResourceProperties.ExecutableWorkDir, executable.Spec.WorkingDirectory)
            .WithProperty(new ResourcePropertySnapshot(KnownResourceProperties.ExecutableArgs, arguments.ToArray()) { IsSensitive = arguments.Any(a => secrets.IsSecret(instance.Name, a)) })
            .WithProperty(KnownResourceProperties.ExecutablePid, status?.Pid);
        return instance.Resource is ProjectResource project
            ? after
                .WithProperty(KnownResourceProperties.ProjectPath, project.GetProjectMetadata().ProjectPath)
                .WithProperty(KnownResourceProperties.ProjectLaunchProfile, EffectiveLaunchProfile.Of(project)?.Name)
            : after;
    };

    public Func<CustomResourceSnapshot, CustomResourceSnapshot> Of(Container container, Instance instance) => before =>
    {
        var status = container.Status;
        var state = State(status?.State, before);
        var after = before with
        {
            State = state,
            ExitCode = status?.ExitCode is null or -1 ? null : status.ExitCode,
            StartTimeStamp = status?.StartupTimestamp,
            StopTimeStamp = status?.FinishTimestamp,
            EnvironmentVariables = Variables(status?.EffectiveEnv, container.Spec.Env ?? []),
            Urls = Activated(before.Urls, state),
            Volumes = [.. (container.Spec.VolumeMounts ?? []).Select(m => new VolumeSnapshot(m.Source, m.Target, m.Type, m.ReadOnly))],
        };
        var arguments = status?.EffectiveArgs ?? container.Spec.Args ?? [];
        after = after
            .WithProperty(KnownResourceProperties.ContainerImage, container.Spec.Image)
            .WithProperty(KnownResourceProperties.ContainerId, status?.ContainerId)
            .WithProperty(KnownResourceProperties.ContainerCommand, container.Spec.Command)
            .WithProperty(new ResourcePropertySnapshot(KnownResourceProperties.ContainerArgs, arguments.ToArray()) { IsSensitive = arguments.Any(a => secrets.IsSecret(instance.Name, a)) });
        return status is { State: "FailedToStart" or "RuntimeUnhealthy", Message: { Length: > 0 } message } ? after.WithReason(ContainerFailure.Explain(container.Spec.Image, message)) : after;
    };

    // The system knows when a process began only to a second or so, and DCP tells what the system knows: nothing began before it was asked for, such as a replica before the step that it waited for had ended.
    private static DateTime? StartOf(ExecutableStatus? status, Instance instance) =>
        status?.StartupTimestamp?.ToUniversalTime() is { } told ? (told > instance.Asked ? told : instance.Asked) : null;

    // DCP tells of a stop that was asked for only once it begins, and of a start before the process is there: our own states stand until it knows better.
    private static ResourceStateSnapshot? State(string? state, CustomResourceSnapshot before) => state switch
    {
        null or "" or "Pending" or "Building" or ExecutableStates.Starting => before.State,
        ExecutableStates.Terminated or ExecutableStates.Unknown => KnownResourceStates.Exited,
        ExecutableStates.FailedToStart => new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
        ExecutableStates.Running when before.State?.Text == KnownResourceStates.Stopping => before.State,
        _ => state,
    };

    private static ImmutableArray<EnvironmentVariableSnapshot> Variables(List<EnvVar>? effective, List<EnvVar> declared)
    {
        var names = declared.Select(variable => variable.Name).ToHashSet();
        return [.. (effective ?? declared).OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => new EnvironmentVariableSnapshot(v.Name, v.Value, names.Contains(v.Name)))];
    }

    private static ImmutableArray<UrlSnapshot> Activated(ImmutableArray<UrlSnapshot> urls, ResourceStateSnapshot? state) =>
        [.. urls.Select(url => url.Name is null ? url : url with { IsInactive = state?.Text != KnownResourceStates.Running })];
}
