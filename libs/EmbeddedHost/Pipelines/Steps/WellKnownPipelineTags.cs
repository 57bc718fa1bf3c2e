using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Tags that say what a step does, for <see cref="PipelineConfigurationContext.GetSteps(string)"/>.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class WellKnownPipelineTags
{
    /// <summary>It provisions infrastructure.</summary>
    public const string ProvisionInfrastructure = "provision-infra";

    /// <summary>It builds a resource's image.</summary>
    public const string BuildCompute = "build-compute";

    /// <summary>It pushes a resource's image.</summary>
    public const string PushContainerImage = "push-container-image";

    /// <summary>It deploys a resource.</summary>
    public const string DeployCompute = "deploy-compute";
}
