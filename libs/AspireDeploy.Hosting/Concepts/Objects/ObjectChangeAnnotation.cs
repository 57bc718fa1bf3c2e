using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy;

/// <summary>A change of an object that a target writes for a resource.</summary>
/// <param name="Change">The change.</param>
internal sealed record ObjectChangeAnnotation(ObjectChange Change) : IResourceAnnotation;
