namespace AspireDeploy.Data;

/// <summary>That a set of first data was written once: a person may change or delete it afterwards, and it stays so.</summary>
public sealed class AppliedSeed
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>The set's name.</summary>
    public required string Name { get; set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset AppliedAt { get; set; }
}
