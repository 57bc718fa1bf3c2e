using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Says where a pipeline's steps write their files.</summary>
[Experimental("ASPIREPIPELINES004")]
public interface IPipelineOutputService
{
    /// <summary>The directory for what is published, absolute: <c>--output-path</c>, else <c>aspire-output</c> beside the AppHost's project. It need not exist.</summary>
    /// <returns>Its path.</returns>
    string GetOutputDirectory();

    /// <summary>A resource's own directory under <see cref="GetOutputDirectory()"/>, named like it. It need not exist.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Its path.</returns>
    string GetOutputDirectory(IResource resource);

    /// <summary>A directory of mode 0700 for what is needed only while the pipeline runs.</summary>
    /// <returns>Its path.</returns>
    string GetTempDirectory();

    /// <summary>A resource's own directory under <see cref="GetTempDirectory()"/>, named like it. It need not exist.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>Its path.</returns>
    string GetTempDirectory(IResource resource);
}
