using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>What the command line asks of the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineOptions
{
    /// <summary>Where files are written (<c>--output-path</c>); null if that wasn't said.</summary>
    public string? OutputPath { get; set; }

    /// <summary>Whether what earlier deployments noted is forgotten (<c>--clear-cache</c>). The default is false.</summary>
    public bool ClearCache { get; set; }

    /// <summary>The step to run (<c>--step</c>); <c>publish</c> if null.</summary>
    public string? Step { get; set; }

    /// <summary>The lowest level of log lines that are shown (<c>--log-level</c>); <c>information</c> if null.</summary>
    public string? LogLevel { get; set; }

    /// <summary>Whether what asks "are you sure" takes it for granted (<c>--yes</c>). The default is false.</summary>
    public bool SkipConfirmation { get; set; }
}
