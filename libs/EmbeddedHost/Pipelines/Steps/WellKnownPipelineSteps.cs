using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The steps that every pipeline has. They do nothing by themselves: others hang on them.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class WellKnownPipelineSteps
{
    /// <summary>Everything that writes files for a deployment target.</summary>
    public const string Publish = "publish";

    /// <summary>What runs before anything is published.</summary>
    public const string PublishPrereq = "publish-prereq";

    /// <summary>Everything that brings the application to where it is to run.</summary>
    public const string Deploy = "deploy";

    /// <summary>What runs before anything is deployed.</summary>
    public const string DeployPrereq = "deploy-prereq";

    /// <summary>Finds out the parameters' values.</summary>
    public const string ProcessParameters = "process-parameters";

    /// <summary>Everything that builds images.</summary>
    public const string Build = "build";

    /// <summary>What runs before anything is built.</summary>
    public const string BuildPrereq = "build-prereq";

    /// <summary>Everything that pushes images to a registry.</summary>
    public const string Push = "push";

    /// <summary>What runs before anything is pushed.</summary>
    public const string PushPrereq = "push-prereq";

    /// <summary>Prints the steps, what each depends on and in which order they would run.</summary>
    public const string Diagnostics = "diagnostics";

    /// <summary>Checks that it is known where each resource is deployed to.</summary>
    public const string ValidateComputeEnvironments = "validate-compute-environments";

    /// <summary>Everything that runs before the application starts or a pipeline runs, step by step.</summary>
    public const string BeforeStart = "before-start";

    /// <summary>Checks that a container engine answers.</summary>
    public const string CheckContainerRuntime = "check-container-runtime";

    /// <summary>Everything that takes a deployment down.</summary>
    public const string Destroy = "destroy";

    /// <summary>What runs before anything is taken down.</summary>
    public const string DestroyPrereq = "destroy-prereq";
}
