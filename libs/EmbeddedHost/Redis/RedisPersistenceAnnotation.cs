using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Redis;

/// <summary>Says when the server writes its data to disk.</summary>
/// <param name="Interval">How long after a change.</param>
/// <param name="KeysChanged">How many changes it takes.</param>
internal sealed record RedisPersistenceAnnotation(TimeSpan Interval, long KeysChanged) : IResourceAnnotation;
