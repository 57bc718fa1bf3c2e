namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells whether anybody watches a console log.</summary>
/// <param name="Name">The id of the resource's instance.</param>
/// <param name="AnySubscribers">Whether anybody does.</param>
public readonly record struct LogSubscriber(string Name, bool AnySubscribers);
