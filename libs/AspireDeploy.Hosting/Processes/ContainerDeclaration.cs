using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tools;

namespace AspireDeploy.Processes;

/// <summary>Keeps what was declared for a server's container, where a process takes its place.</summary>
internal sealed class ContainerDeclaration
{
    private readonly ContainerResource _declared;
    private readonly IServerProgram _program;
    private readonly List<IResourceAnnotation> _annotations;

    private ContainerDeclaration(ContainerResource declared, IServerProgram program, List<IResourceAnnotation> annotations) =>
        (_declared, _program, _annotations) = (declared, program, annotations);

    /// <summary>Gets the volume or bind mount that the container would have had its data on; null for none.</summary>
    public ContainerMountAnnotation? Mount => Of<ContainerMountAnnotation>().FirstOrDefault(mount => _program.IsDataPath(mount.Target));

    /// <summary>
    /// Takes what is meant for the container out of the annotations of a declared server: its image, its entrypoint's variables and
    /// arguments, its files.
    /// </summary>
    public static ContainerDeclaration TakeFrom(ContainerResource declared, IServerProgram program)
    {
        var taken = declared.Annotations.Where(IsOfContainer).ToList();
        taken.ForEach(annotation => declared.Annotations.Remove(annotation));
        return new(declared, program, taken);
    }

    /// <summary>Returns the arguments that are declared, as the server's program would get them.</summary>
    public async Task<IReadOnlyList<string>> ArgumentsAsync(
        DistributedApplicationExecutionContext execution,
        CancellationToken cancellationToken
    )
    {
        List<object> arguments = [];
        var context = new CommandLineArgsCallbackContext(arguments, _declared, cancellationToken) { ExecutionContext = execution };
        foreach (var callback in Of<CommandLineArgsCallbackAnnotation>())
        {
            await callback.Callback(context).ConfigureAwait(false);
        }

        List<string> values = [];
        foreach (var argument in arguments)
        {
            var value = argument is IValueProvider provider
                ? await provider.GetValueAsync(cancellationToken).ConfigureAwait(false)
                : argument.ToString();
            values.Add(value ?? "");
        }

        return values;
    }

    /// <summary>
    /// Returns what the AppHost has declared and the process doesn't have, as phrases; none where there is nothing to be said.
    /// </summary>
    public async Task<IReadOnlyList<string>> UnappliedAsync(
        DistributedApplicationExecutionContext execution,
        ToolEnvironment tools,
        CancellationToken cancellationToken
    )
    {
        var variables = new Dictionary<string, object>();
        var context = new EnvironmentCallbackContext(execution, _declared, variables, cancellationToken);
        foreach (var callback in Of<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context).ConfigureAwait(false);
        }

        List<string?> phrases =
        [
            Of<ContainerImageAnnotation>().LastOrDefault() is { } image ? OfImage(image, tools) : null,
            Of<DockerfileBuildAnnotation>().Any() ? "the Dockerfile" : null,
            _declared.Entrypoint != _program.Entrypoint ? $"the entrypoint {_declared.Entrypoint}" : null,
            Listed("variable", variables.Keys.Where(name => !_program.KnownVariables.Contains(name))),
            Listed("mount", Of<ContainerMountAnnotation>().Where(mount => mount != Mount).Select(mount => mount.Target)),
            Listed("files in", Of<ContainerFileSystemCallbackAnnotation>().Select(files => files.DestinationPath)),
            Of<ContainerRuntimeArgsCallbackAnnotation>().Any() ? "the container engine's arguments" : null,
            Of<ContainerLifetimeAnnotation>().Any(kept => kept.Lifetime == ContainerLifetime.Persistent) ? "the persistent lifetime" : null,
            Of<HttpsCertificateAnnotation>().Any(certificate => certificate.Certificate is not null) ? "the TLS certificate" : null,
        ];
        return [.. phrases.OfType<string>()];
    }

    private static bool IsOfContainer(IResourceAnnotation annotation) =>
        annotation
            is ContainerImageAnnotation
                or ContainerMountAnnotation
                or ContainerLifetimeAnnotation
                or ContainerNameAnnotation
                or ContainerRuntimeArgsCallbackAnnotation
                or ContainerFileSystemCallbackAnnotation
                or ContainerImagePullPolicyAnnotation
                or ContainerNetworkAliasAnnotation
                or DockerfileBuildAnnotation
                or EnvironmentCallbackAnnotation
                or CommandLineArgsCallbackAnnotation
                or CertificateTrustConfigurationCallbackAnnotation
                or HttpsCertificateConfigurationCallbackAnnotation
                or HttpsCertificateAnnotation;

    private static string? Listed(string what, IEnumerable<string> names) =>
        names.Distinct().ToList() switch
        {
            [] => null,
            var all when what.Contains(' ') => $"the {what} {string.Join(", ", all)}",
            [var one] => $"the {what} {one}",
            var all => $"the {what}s {string.Join(", ", all)}",
        };

    private string? OfImage(ContainerImageAnnotation image, ToolEnvironment tools) =>
        image.Image == _program.Image ? _program.Unlike(image, tools) : $"the image {image.Image}";

    private IEnumerable<T> Of<T>() => _annotations.OfType<T>();
}
