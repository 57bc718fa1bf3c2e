using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>The files that <c>WithContainerFiles</c> puts into a container, by what its callbacks give when publishing.</summary>
internal static class ContainerFilesReading
{
    /// <summary>Runs the callbacks.</summary>
    internal static async Task<IReadOnlyList<(string Directory, ContainerFileSystemItem Item)>> ItemsOfAsync(
        IResource resource,
        DistributedApplicationExecutionContext execution,
        CancellationToken cancellationToken
    )
    {
        var items = new List<(string, ContainerFileSystemItem)>();
        foreach (var annotation in resource.Annotations.OfType<ContainerFileSystemCallbackAnnotation>())
        {
            foreach (var item in await annotation.Callback(new() { Services = execution.Services, Model = resource }, cancellationToken))
                items.Add((annotation.DestinationPath, item));
        }
        return items;
    }

    /// <summary>Returns the files, with what can't come with a deployment told.</summary>
    internal static IEnumerable<ContentFile> Read(
        IResource resource,
        GatheredSettings settings,
        PlanningOptions options,
        Findings findings
    ) => settings.Files.SelectMany(each => Read(resource, each.Directory.TrimEnd('/'), each.Item, options, findings));

    private static IEnumerable<ContentFile> Read(
        IResource resource,
        string directory,
        ContainerFileSystemItem item,
        PlanningOptions options,
        Findings findings
    )
    {
        var path = $"{directory}/{item.Name}";
        if (item is ContainerDirectory folder)
            return folder.Entries.SelectMany(entry => Read(resource, path, entry, options, findings));
        var isExecutable = (item.Mode & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
        var text = item switch
        {
            ContainerFileBase { Contents: { } contents } => contents,
            ContainerFileBase { SourcePath: { } source } when options.Files.IsFile(source) => MountReading.TextOf(
                options.Files.Read(source)
            ),
            _ => null,
        };
        if (text is not null)
            return [new(path, text, isExecutable)];
        findings.Lose(
            resource,
            Concept.Files,
            path,
            $"{path} has no text of at most {MountReading.MostBytes / 1000} kB",
            "put it into an image"
        );
        return [];
    }
}
