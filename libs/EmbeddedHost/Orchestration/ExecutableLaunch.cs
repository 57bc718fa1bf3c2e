using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes DCP's executable of an instance: what to start, where, and with what.</summary>
internal sealed class ExecutableLaunch(
    DistributedApplicationOptions options,
    DistributedApplicationExecutionContext executionContext,
    ResourceLoggerService loggers,
    LaunchSecrets secrets,
    BackingData data,
    DcpServer dcp,
    DebugSession session)
{
    private const string TargetPathKey = "AspireDeploy.TargetPath:";

    /// <param name="instance">The instance.</param>
    /// <param name="allocated">Ends when every endpoint has its address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DistributedApplicationException">The declaration can't be resolved; the message says what and where.</exception>
    public async Task<Executable> ForAsync(Instance instance, Task allocated, CancellationToken cancellationToken)
    {
        var resource = instance.Resource;
        var backing = await PrepareAsync(resource, cancellationToken).ConfigureAwait(false);
        if (!resource.Annotations.OfType<IndependentStartAnnotation>().Any())
        {
            await allocated.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var configuration = await ResolvedConfiguration.OfAsync(resource, executionContext, loggers.GetLogger(instance.Name), cancellationToken).ConfigureAwait(false);
        var (program, arguments, directory, own) = Program(resource, backing, configuration);
        var environment = own.Select(v => new EnvVar(v.Key, v.Value)).Concat(configuration.Environment.Select(v => new EnvVar(v.Key, v.Value.Text!))).ToList();
        secrets.Remember(instance.Name, configuration);

        return session.Take(resource, new Executable
        {
            Metadata = { Name = instance.NextObject(), Annotations = Annotations(instance) },
            Spec = new() { ExecutablePath = program, WorkingDirectory = directory, Args = [.. arguments], Env = environment },
        });
    }

    /// <summary>The process of a project: its program as built, not a <c>dotnet run</c> around it.</summary>
    /// <exception cref="DistributedApplicationException">It isn't built.</exception>
    private IReadOnlyList<string> Built(ProjectResource project)
    {
        var metadata = project.GetProjectMetadata();
        var path = metadata.ProjectPath;
        // A test may add a project that its AppHost does not know: where it is built stands beside its class.
        var target = new[] { metadata.GetType().Assembly, options.Assembly }.OfType<Assembly>().SelectMany(assembly => assembly.GetCustomAttributes<AssemblyMetadataAttribute>())
            .FirstOrDefault(a => a.Key.StartsWith(TargetPathKey, StringComparison.Ordinal) && Path.GetFullPath(a.Key[TargetPathKey.Length..]) == Path.GetFullPath(path))?.Value;
        if (target is null || !File.Exists(target))
        {
            throw new DistributedApplicationException($"'{project.Name}' is not built: build the AppHost, which builds {path} as well.");
        }

        var program = Path.ChangeExtension(target, OperatingSystem.IsWindows() ? ".exe" : null);
        return File.Exists(program) ? [program] : [DotnetMuxer.Find(ToolEnvironment.ForProcess()), target];
    }

    /// <summary>Prepares the start of a service that runs as a process; null for any other resource.</summary>
    private async Task<ProcessCommand?> PrepareAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource.Annotations.OfType<ProcessBackingAnnotation>().LastOrDefault() is not { } annotation)
        {
            return null;
        }

        var port = resource.Annotations.OfType<EndpointAnnotation>().First().AllocatedEndpoint!.Port;
        var context = new ProcessBackingContext(data.Tools, data.Of(resource), dcp.SessionDirectory, data.IsKept(resource), port);
        var backing = await annotation.Prepare(context, cancellationToken).ConfigureAwait(false);
        annotation.BeforeStop = backing.BeforeStop;
        return backing.Command;
    }

    private (string Program, IEnumerable<string> Arguments, string Directory, IReadOnlyDictionary<string, string> Environment) Program(
        IResource resource, ProcessCommand? backing, ResolvedConfiguration configuration)
    {
        if (backing is not null)
        {
            return (backing.ExecutablePath, backing.Arguments, backing.WorkingDirectory, backing.Environment);
        }

        var arguments = configuration.Arguments.Select(argument => argument.Text!);
        if (resource is ProjectResource project)
        {
            var built = Built(project);
            return (built[0], built.Skip(1).Concat(arguments), Path.GetDirectoryName(project.GetProjectMetadata().ProjectPath)!, new Dictionary<string, string>());
        }

        var executable = (ExecutableResource)resource;
        return (executable.Command, arguments, executable.WorkingDirectory, new Dictionary<string, string>());
    }

    private static Dictionary<string, string> Annotations(Instance instance)
    {
        var producers = instance.Resource.Annotations.OfType<EndpointAnnotation>()
            .Where(endpoint => endpoint.IsProxied)
            .Select(endpoint => new ServiceProducer(EndpointAllocation.ServiceName(instance.Resource, endpoint), endpoint.TargetHost, endpoint.TargetPort))
            .ToList();
        var annotations = new Dictionary<string, string>
        {
            ["resource-name"] = instance.Resource.Name,
            ["resource-replica-index"] = instance.Index.ToString(CultureInfo.InvariantCulture),
            ["otel-service-name"] = instance.Resource.Name,
            ["otel-service-instance-id"] = instance.Suffix,
        };
        if (producers.Count > 0)
        {
            annotations[ServiceProducer.Annotation] = JsonSerializer.Serialize(producers, DcpJson.Default.ListServiceProducer);
        }

        return annotations;
    }
}
