using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// Notes that nobody has bound a resource to a compute environment: Aspire 13.6 binds all of them to it where another package declares a
/// single one, once the declaration is complete.
/// </summary>
internal sealed class UnboundAnnotation : IResourceAnnotation;
