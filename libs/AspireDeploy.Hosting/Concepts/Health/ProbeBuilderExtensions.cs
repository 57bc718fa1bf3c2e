using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Provides extension methods that declare probes which aren't HTTP, beside Aspire's own <c>WithHttpProbe</c>.</summary>
public static class ProbeBuilderExtensions
{
    /// <summary>
    /// Adds a probe that runs a command inside the deployed container and succeeds when it ends with code 0. Where a target runs no
    /// commands (Nomad's own services, Azure), the report says what is asked instead. It has no effect on a local run.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="type">The question that the probe answers.</param>
    /// <param name="command">The program and its arguments. No shell runs unless it is named.</param>
    /// <param name="initialDelaySeconds">The time before the first probe. Defaults to 0.</param>
    /// <param name="periodSeconds">The time between probes. Defaults to 5.</param>
    /// <param name="timeoutSeconds">The time that an answer may take. Defaults to 5.</param>
    /// <param name="failureThreshold">The number of failures in a row that count. Defaults to 3.</param>
    /// <returns>The resource builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="command"/> names no program, or a number is out of its
    /// range.</exception>
    /// <example>
    /// <code>
    /// builder.AddContainer("broker", "example/broker", "3")
    ///     .WithExecProbe(ProbeType.Readiness, ["broker-ctl", "ping"]);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithExecProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        string[] command,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null
    )
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(command);
        if (command is [] or ["", ..])
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.health",
                "names no program; write WithExecProbe(ProbeType.Readiness, [\"curl\", \"--fail\", \"http://localhost:8080/health\"])"
            );
        return builder.WithProbe(new(type, [.. command], null), initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold);
    }

    /// <summary>Adds a probe that opens a connection to an endpoint of the deployed resource. It has no effect on a local run.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource builder.</param>
    /// <param name="type">The question that the probe answers.</param>
    /// <param name="endpointName">The endpoint's name. Defaults to the resource's first endpoint by TCP.</param>
    /// <param name="initialDelaySeconds">The time before the first probe. Defaults to 0.</param>
    /// <param name="periodSeconds">The time between probes. Defaults to 5.</param>
    /// <param name="timeoutSeconds">The time that an answer may take. Defaults to 5.</param>
    /// <param name="failureThreshold">The number of failures in a row that count. Defaults to 3.</param>
    /// <returns>The resource builder.</returns>
    /// <exception cref="DistributedApplicationException">A number is out of its range. That the resource has such an endpoint is checked
    /// when it is published.</exception>
    /// <example>
    /// <code>
    /// builder.AddContainer("broker", "example/broker", "3")
    ///     .WithEndpoint(targetPort: 5672, name: "amqp")
    ///     .WithTcpProbe(ProbeType.Readiness, "amqp");
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithTcpProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeType type,
        string? endpointName = null,
        int? initialDelaySeconds = null,
        int? periodSeconds = null,
        int? timeoutSeconds = null,
        int? failureThreshold = null
    )
        where T : IComputeResource, IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithProbe(new(type, [], endpointName), initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold);
    }

    private static IResourceBuilder<T> WithProbe<T>(
        this IResourceBuilder<T> builder,
        ProbeDeclarationAnnotation probe,
        int? initialDelaySeconds,
        int? periodSeconds,
        int? timeoutSeconds,
        int? failureThreshold
    )
        where T : IComputeResource
    {
        var path = $"{builder.Resource.Name}.{probe.Type.ToString().ToLowerInvariant()}";
        if (initialDelaySeconds < 0)
            throw DeclarationMistake.At($"{path}.initialDelaySeconds", $"{initialDelaySeconds} is less than 0");
        var declared = new ProbeDeclarationAnnotation(probe.Type, probe.Command, probe.EndpointName)
        {
            InitialDelay = Seconds(initialDelaySeconds),
            Period = Seconds(AtLeastOne(periodSeconds, $"{path}.periodSeconds")),
            Timeout = Seconds(AtLeastOne(timeoutSeconds, $"{path}.timeoutSeconds")),
            FailureThreshold = AtLeastOne(failureThreshold, $"{path}.failureThreshold"),
        };
        foreach (
            var earlier in builder
                .Resource.Annotations.OfType<ProbeDeclarationAnnotation>()
                .Where(earlier => earlier.Type == probe.Type)
                .ToList()
        )
            builder.Resource.Annotations.Remove(earlier);
        return builder.HeldLocally().WithAnnotation(declared);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;

    private static int? AtLeastOne(int? number, string path) =>
        number < 1 ? throw DeclarationMistake.At(path, $"{number} is less than 1") : number;
}
