using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.Pipelines;

/// <summary>Output goes where the command line says, relative to where it was typed; else beside the AppHost's project, wherever that was typed.</summary>
internal sealed class PipelineOutputService(IOptions<PipelineOptions> options, AppHostIdentity appHost, IFileSystemService files) : IPipelineOutputService
{
    private readonly string _output = options.Value.OutputPath is { } path ? Path.GetFullPath(path) : Path.Combine(appHost.Directory, "aspire-output");
    private readonly Lazy<string> _temp = new(() => files.TempDirectory.CreateTempSubdirectory("aspire-pipelines").Path);

    public string GetOutputDirectory() => _output;

    public string GetOutputDirectory(IResource resource) => Path.Combine(GetOutputDirectory(), resource.Name);

    public string GetTempDirectory() => _temp.Value;

    public string GetTempDirectory(IResource resource) => Path.Combine(GetTempDirectory(), resource.Name);
}
