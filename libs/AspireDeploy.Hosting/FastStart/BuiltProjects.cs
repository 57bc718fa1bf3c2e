using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.FastStart;

/// <summary>
/// Starts the program that was built of a project. Aspire 13.6 runs <c>dotnet run</c> around it, which takes about a second and 140 MB for
/// each replica. Where an IDE or <c>dotnet watch</c> starts the projects, it goes on doing so.
/// </summary>
/// <remarks>Where a program is built is written into the AppHost's assembly by <c>build/AspireDeploy.Hosting.targets</c>.</remarks>
internal sealed class BuiltProjects(DistributedApplicationModel model, DistributedApplicationOptions options, IConfiguration configuration)
    : IDistributedApplicationEventingSubscriber
{
    private const string Prefix = "AspireDeploy.TargetPath:";

    // Set by whoever starts projects itself: an IDE (Aspire's specification of IDE execution), dotnet watch.
    private static readonly string[] StartedByOthers = ["DEBUG_SESSION_PORT", "DOTNET_WATCH"];

    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        if (Array.Exists(StartedByOthers, name => configuration[name] is not null))
        {
            return Task.CompletedTask;
        }

        var appHost = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly()!;
        var programs = appHost
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(metadata => metadata.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(metadata => metadata.Key[Prefix.Length..], metadata => metadata.Value!);
        foreach (var project in model.GetProjectResources().Where(project => !project.HasAnnotationOfType<ExecutableAnnotation>()))
        {
            var path = project.GetProjectMetadata().ProjectPath;
            if (programs.TryGetValue(path, out var assembly) && ProgramOf(assembly) is var program && File.Exists(program))
            {
                project.Annotations.Add(new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(path)! });
            }
        }

        return Task.CompletedTask;
    }

    private static string ProgramOf(string assembly) => Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
}
