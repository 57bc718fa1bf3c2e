namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a network that endpoints are reached on.</summary>
/// <param name="Value">The network's name.</param>
public record NetworkIdentifier(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}
