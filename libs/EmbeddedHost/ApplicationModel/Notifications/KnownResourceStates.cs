namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that the dashboard and the host know by name.</summary>
public static class KnownResourceStates
{
    /// <summary>Not shown. <see cref="CustomResourceSnapshot.IsHidden"/> took its place.</summary>
    [Obsolete("Set CustomResourceSnapshot.IsHidden.")]
    public static readonly string Hidden = nameof(Hidden);

    /// <summary>On its way up.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Up.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It never came up.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>The engine that runs containers isn't well.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>On its way down.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>It ended, and was not meant to.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>It ran to its end.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Its start waits for other resources.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It starts when somebody asks it to.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Its program is being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>A parameter that nobody has given a value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>In use, though nothing of it runs.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>The states that a resource doesn't leave by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];

    /// <summary>The states in which a resource's program can be built anew.</summary>
    public static readonly IReadOnlyList<string> BuildableStates = [Running, Waiting, Finished, FailedToStart, Exited];
}
