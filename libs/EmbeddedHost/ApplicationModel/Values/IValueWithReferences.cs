namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is made from others.</summary>
public interface IValueWithReferences
{
    /// <summary>What the value is made from.</summary>
    IEnumerable<object> References { get; }
}
