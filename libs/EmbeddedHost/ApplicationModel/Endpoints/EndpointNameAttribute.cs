namespace Aspire.Hosting.ApplicationModel;

/// <summary>Marks a parameter that is an endpoint's name, for tools that check names while they are written.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EndpointNameAttribute : Attribute;
