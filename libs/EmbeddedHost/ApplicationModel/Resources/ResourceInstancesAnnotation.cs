using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The instances that a resource runs as. It is set as the application starts, before anything is published or logged about the resource.</summary>
internal sealed record ResourceInstancesAnnotation(ImmutableArray<ResourceInstance> Instances) : IResourceAnnotation;

/// <summary>One of the instances that a resource runs as.</summary>
/// <param name="Id">The name that the engine knows it by, unique on the engine: the resource's name and <paramref name="Suffix"/>.</param>
/// <param name="Suffix">What tells it from other instances, here and in other copies of the application.</param>
/// <param name="Index">Its place among the resource's instances, from 0.</param>
internal sealed record ResourceInstance(string Id, string Suffix, int Index);
