using System.Text.Json;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Publishing;

/// <summary>The pipeline step that writes the manifest. It runs only when it is asked for, as <c>azd</c> does with <c>--publisher manifest</c>.</summary>
internal static class ManifestStep
{
    public const string Name = "publish-manifest";

    private const string DefaultFileName = "aspire-manifest.json";

    public static PipelineStep Create() => new()
    {
        Name = Name,
        Description = "Writes the manifest that azd reads.",
        Action = PublishAsync,
    };

    private static async Task PublishAsync(PipelineStepContext context)
    {
        var path = FilePath(context.Services.GetRequiredService<IOptions<PipelineOptions>>().Value.OutputPath);

        // Into memory first: a manifest that can't be written wholly must not replace one that was.
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new() { Indented = true, NewLine = "\n" }))
        {
            await ManifestModel.WriteAsync(new(context.ExecutionContext, path, writer, context.CancellationToken), context.Model).ConfigureAwait(false);
        }

        await OutputFile.WriteAsync(path, json.ToArray(), context.CancellationToken).ConfigureAwait(false);
        context.Logger.LogInformation("{Path}", path);
    }

    /// <summary>A path that ends in <c>.json</c> is the manifest's; any other is the directory that it is to be in.</summary>
    private static string FilePath(string? outputPath)
    {
        if (string.IsNullOrWhiteSpace(outputPath))
        {
            throw new DistributedApplicationException($"It isn't said where the manifest is to be. Add '--output-path {DefaultFileName}'.");
        }

        var path = Path.GetFullPath(outputPath);
        return path.EndsWith(".json", StringComparison.Ordinal) ? path : Path.Combine(path, DefaultFileName);
    }
}
