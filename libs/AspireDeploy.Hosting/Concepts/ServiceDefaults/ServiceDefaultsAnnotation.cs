using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// Marks a project that calls AspireDeploy's ServiceDefaults, as
/// <see cref="Aspire.Hosting.ServiceDefaultsBuilderExtensions.WithServiceDefaults"/> declares it.
/// </summary>
internal sealed class ServiceDefaultsAnnotation : IResourceAnnotation;
