using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Replicas;

/// <summary>Describes what is known of one replica of a resource, or of a resource that runs once.</summary>
/// <param name="Id">Its name in notifications, logs and commands.</param>
/// <param name="Resource">The resource that it is a replica of.</param>
/// <param name="Snapshot">What was last told of it.</param>
internal sealed record ReplicaFacts(string Id, IResource Resource, CustomResourceSnapshot Snapshot)
{
    /// <summary>Gets the property that holds the process's number, on either host.</summary>
    private const string PidProperty = "executable.pid";

    internal string? State => Snapshot.State?.Text;

    internal bool IsRunning => State == KnownResourceStates.Running;

    /// <summary>Gets a value that indicates whether it has ended, as opposed to never having come up.</summary>
    internal bool HasEnded => State == KnownResourceStates.Exited || State == KnownResourceStates.Finished;

    /// <summary>Gets its process, while it is known.</summary>
    internal int? Pid =>
        Snapshot.Properties.FirstOrDefault(property => property.Name == PidProperty)?.Value is IConvertible pid
            ? pid.ToInt32(CultureInfo.InvariantCulture)
            : null;

    /// <summary>Gets names this run of it: a replica that is started again is another run.</summary>
    internal string Run => string.Create(CultureInfo.InvariantCulture, $"{Id}#{Pid}");

    internal static ReplicaFacts From(ResourceEvent notification) =>
        new(notification.ResourceId, notification.Resource, notification.Snapshot);

    /// <summary>Returns the value of an environment variable that it was started with.</summary>
    internal string? Variable(string name) => Snapshot.EnvironmentVariables.FirstOrDefault(variable => variable.Name == name)?.Value;
}
