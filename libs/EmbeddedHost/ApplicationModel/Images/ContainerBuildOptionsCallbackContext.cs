using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a resource's image is built.</summary>
/// <param name="resource">The resource.</param>
/// <param name="services">The application's services.</param>
/// <param name="logger">A log.</param>
/// <param name="cancellationToken">Gives up.</param>
/// <param name="executionContext">What the AppHost was started for.</param>
[Experimental("ASPIREPIPELINES003")]
[SuppressMessage("Design", "CA1068:CancellationToken parameters must come last", Justification = "Part of Aspire's API.")]
public class ContainerBuildOptionsCallbackContext(
    IResource resource,
    IServiceProvider services,
    ILogger logger,
    CancellationToken cancellationToken,
    DistributedApplicationExecutionContext? executionContext)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The application's services.</summary>
    public IServiceProvider Services { get; } = services;

    /// <summary>A log.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>Gives up.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationExecutionContext? ExecutionContext { get; } = executionContext;

    /// <summary>What the image is called on this machine; the resource's name in lower case if null.</summary>
    public string? LocalImageName { get; set; }

    /// <summary>Its tag on this machine; <c>latest</c> if null.</summary>
    public string? LocalImageTag { get; set; }

    /// <summary>The file, or the directory for it, that it is written to; the container engine if null.</summary>
    public string? OutputPath { get; set; }

    /// <summary>The format that it is built in; the SDK's choice if null.</summary>
    public ContainerImageFormat? ImageFormat { get; set; }

    /// <summary>What it is built for; the SDK's choice if null.</summary>
    public ContainerTargetPlatform? TargetPlatform { get; set; }

    /// <summary>Where it is going to; a registry if null.</summary>
    public ContainerImageDestination? Destination { get; set; }
}
