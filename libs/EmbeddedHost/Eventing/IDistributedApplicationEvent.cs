using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happened in an application's life.</summary>
[SuppressMessage("Design", "CA1040:Avoid empty interfaces", Justification = "Part of Aspire's API.")]
public interface IDistributedApplicationEvent;
