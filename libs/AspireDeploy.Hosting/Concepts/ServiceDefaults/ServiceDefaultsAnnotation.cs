using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>Marks a project that calls AspireDeploy's ServiceDefaults, as <see cref="Aspire.Hosting.ServiceDefaultsBuilderExtensions.WithServiceDefaults"/> declares it.</summary>
public sealed class ServiceDefaultsAnnotation : IResourceAnnotation;
