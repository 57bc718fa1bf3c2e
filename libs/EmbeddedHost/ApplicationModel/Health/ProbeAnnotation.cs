using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A probe of a resource.</summary>
[Experimental("ASPIREPROBES001")]
public abstract class ProbeAnnotation : IResourceAnnotation
{
    /// <summary>What it tells.</summary>
    public required ProbeType Type { get; init; }

    /// <summary>How many seconds after the start it is first made.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>How many seconds lie between two.</summary>
    public int PeriodSeconds { get; init; }

    /// <summary>How many seconds an answer may take.</summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>How many in a row must fail to count.</summary>
    public int FailureThreshold { get; init; }

    /// <summary>How many in a row must succeed to count after one that failed.</summary>
    public int SuccessThreshold { get; init; }
}
