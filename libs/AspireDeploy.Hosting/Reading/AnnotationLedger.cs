using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Reading;

/// <summary>Describes what becomes of an annotation when its resource is published.</summary>
internal enum AnnotationUse
{
    /// <summary>It is read into the plan.</summary>
    Read,

    /// <summary>The report names it among what isn't deployed.</summary>
    Reported,

    /// <summary>It counts when Aspire builds the image.</summary>
    Built,

    /// <summary>
    /// It is for a run on a developer's machine, the dashboard or the <c>aspire</c> command, and says nothing of a deployment.
    /// </summary>
    Local,

    /// <summary>It is a part of Aspire's own publishing.</summary>
    Pipeline,
}

/// <summary>
/// Describes what becomes of every annotation that Aspire's hosting packages put on resources, by the type's name: most of those that can't
/// be deployed aren't public. A test compares it with the packages, so that a new version's annotations are decided about; what other
/// packages add and nothing here reads, the report names.
/// </summary>
internal static class AnnotationLedger
{
    /// <summary>Gets the use of each.</summary>
    internal static IReadOnlyDictionary<string, AnnotationUse> All { get; } =
        new Dictionary<string, AnnotationUse>(StringComparer.Ordinal)
        {
            ["CertificateAuthorityCollectionAnnotation"] = AnnotationUse.Local,
            ["CertificateTrustConfigurationCallbackAnnotation"] = AnnotationUse.Local,
            ["CommandLineArgsCallbackAnnotation"] = AnnotationUse.Read,
            ["ComputeEnvironmentAnnotation"] = AnnotationUse.Reported,
            ["ConnectionPropertyAnnotation"] = AnnotationUse.Read,
            ["ConnectionStringRedirectAnnotation"] = AnnotationUse.Read,
            ["ContainerBuildOptionsCallbackAnnotation"] = AnnotationUse.Built,
            ["ContainerCertificatePathsAnnotation"] = AnnotationUse.Local,
            ["ContainerFileSystemCallbackAnnotation"] = AnnotationUse.Read,
            ["ContainerFilesDestinationAnnotation"] = AnnotationUse.Built,
            ["ContainerFilesSourceAnnotation"] = AnnotationUse.Built,
            ["ContainerImageAnnotation"] = AnnotationUse.Read,
            ["ContainerImagePullPolicyAnnotation"] = AnnotationUse.Read,
            ["ContainerImagePushOptionsCallbackAnnotation"] = AnnotationUse.Reported,
            ["ContainerLifetimeAnnotation"] = AnnotationUse.Local,
            ["ContainerMountAnnotation"] = AnnotationUse.Read,
            ["ContainerNameAnnotation"] = AnnotationUse.Reported,
            ["ContainerNetworkAliasAnnotation"] = AnnotationUse.Reported,
            ["ContainerRegistryReferenceAnnotation"] = AnnotationUse.Reported,
            ["ContainerRuntimeArgsCallbackAnnotation"] = AnnotationUse.Reported,
            ["DcpInstancesAnnotation"] = AnnotationUse.Local,
            ["DefaultLaunchProfileAnnotation"] = AnnotationUse.Local,
            ["DeploymentTargetAnnotation"] = AnnotationUse.Pipeline,
            // Read through the variable that it makes.
            ["DisableForwardedHeadersAnnotation"] = AnnotationUse.Read,
            ["DockerfileBaseImageAnnotation"] = AnnotationUse.Built,
            ["DockerfileBuildAnnotation"] = AnnotationUse.Built,
            ["DockerfileBuilderCallbackAnnotation"] = AnnotationUse.Built,
            ["DotnetProgramBuildCompletionAnnotation"] = AnnotationUse.Local,
            ["DotnetProgramBuildEnvironmentCallbackAnnotation"] = AnnotationUse.Local,
            ["DotnetProgramPublishingAnnotation"] = AnnotationUse.Pipeline,
            // Programs aren't deployed, and the report says so.
            ["DotnetToolAnnotation"] = AnnotationUse.Reported,
            ["EmulatorResourceAnnotation"] = AnnotationUse.Local,
            ["EndpointAnnotation"] = AnnotationUse.Read,
            ["EndpointEnvironmentInjectionFilterAnnotation"] = AnnotationUse.Read,
            ["EndpointProbeAnnotation"] = AnnotationUse.Read,
            ["EndpointReferenceAnnotation"] = AnnotationUse.Read,
            ["EnvironmentAnnotation"] = AnnotationUse.Read,
            ["EnvironmentCallbackAnnotation"] = AnnotationUse.Read,
            ["ExcludeFromMcpAnnotation"] = AnnotationUse.Local,
            ["ExcludeLaunchProfileAnnotation"] = AnnotationUse.Local,
            ["ExcludeLifecycleCommandsAnnotation"] = AnnotationUse.Local,
            ["ExecutableAnnotation"] = AnnotationUse.Reported,
            ["ExecutableLaunchRecipeAnnotation"] = AnnotationUse.Local,
            ["ExplicitStartupAnnotation"] = AnnotationUse.Reported,
            ["ForceProcessExecutionAnnotation"] = AnnotationUse.Local,
            ["HealthCheckAnnotation"] = AnnotationUse.Read,
            ["HiddenAnnotation"] = AnnotationUse.Local,
            ["Http2ServiceAnnotation"] = AnnotationUse.Read,
            ["HttpsCertificateAnnotation"] = AnnotationUse.Local,
            ["HttpsCertificateConfigurationCallbackAnnotation"] = AnnotationUse.Local,
            ["InputGeneratorAnnotation"] = AnnotationUse.Local,
            ["LaunchProfileAnnotation"] = AnnotationUse.Local,
            ["LaunchToolArgsCallbackAnnotation"] = AnnotationUse.Local,
            ["ManifestPublishingCallbackAnnotation"] = AnnotationUse.Read,
            ["McpServerEndpointAnnotation"] = AnnotationUse.Local,
            ["MultiThreadedBuildConfiguredAnnotation"] = AnnotationUse.Local,
            ["NameValidationPolicyAnnotation"] = AnnotationUse.Local,
            ["OtlpExporterAnnotation"] = AnnotationUse.Reported,
            // Of a resource's life on this machine, and of Redis by its arguments.
            ["PersistenceAnnotation"] = AnnotationUse.Read,
            ["PipelineConfigurationAnnotation"] = AnnotationUse.Pipeline,
            ["PipelineStepAnnotation"] = AnnotationUse.Pipeline,
            ["PostgresCreateDatabaseScriptAnnotation"] = AnnotationUse.Read,
            ["ProjectLaunchArgsOverrideAnnotation"] = AnnotationUse.Local,
            ["ProjectLaunchDefaultsAnnotation"] = AnnotationUse.Local,
            ["ProjectMetadata"] = AnnotationUse.Read,
            ["ProxySupportAnnotation"] = AnnotationUse.Local,
            ["RedisModuleAnnotation"] = AnnotationUse.Read,
            ["ReferenceEnvironmentInjectionAnnotation"] = AnnotationUse.Read,
            ["RegistryTargetAnnotation"] = AnnotationUse.Pipeline,
            ["ReplicaAnnotation"] = AnnotationUse.Read,
            ["RequiredCommandAnnotation"] = AnnotationUse.Local,
            ["ResourceCommandAnnotation"] = AnnotationUse.Local,
            ["ResourceIconAnnotation"] = AnnotationUse.Local,
            ["ResourceRelationshipAnnotation"] = AnnotationUse.Local,
            ["ResourceSnapshotAnnotation"] = AnnotationUse.Local,
            ["ResourceUrlAnnotation"] = AnnotationUse.Local,
            ["ResourceUrlsCallbackAnnotation"] = AnnotationUse.Local,
            ["SupportsDebuggingAnnotation"] = AnnotationUse.Local,
            ["TerminalAnnotation"] = AnnotationUse.Local,
            ["VolumeMountBindingAnnotation"] = AnnotationUse.Local,
            ["WaitAnnotation"] = AnnotationUse.Read,
        };

    /// <summary>
    /// Returns what other packages have put on a resource and nothing here reads: the types' names and their assemblies', in order.
    /// </summary>
    internal static IEnumerable<(string Type, string Assembly)> UnknownOf(IResource resource) =>
        resource
            .Annotations.Select(static annotation => annotation.GetType())
            .Where(static type =>
                !All.ContainsKey(type.Name)
                && !typeof(IProjectMetadata).IsAssignableFrom(type)
                && type.Assembly != typeof(AnnotationLedger).Assembly
                && type.Assembly.GetName().Name?.StartsWith("AspireDeploy.", StringComparison.Ordinal) != true
            )
            .Select(static type => (type.Name, type.Assembly.GetName().Name ?? ""))
            .Distinct()
            .Order();
}
