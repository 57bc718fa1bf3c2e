using Aspire.Hosting.ApplicationModel;

using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Declares commands that tell health.</summary>
public static class HealthCommandBuilderExtensions
{
    /// <summary>
    /// Says by which command inside the container a deployed resource tells whether it serves. Docker asks for health by commands alone; a project that calls ServiceDefaults
    /// has one of its own, and so have PostgreSQL and Redis. What the resource's HTTP health checks and probes say of times and thresholds holds for the command.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="command">Program and arguments: it ends with 0 when well. No shell unless it is named.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">There is no program.</exception>
    public static IResourceBuilder<T> WithHealthCommand<T>(this IResourceBuilder<T> builder, params string[] command) where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(command);
        if (command is [] or ["", ..]) throw DeclarationMistake.At($"{builder.Resource.Name}.health", "names no program; write WithHealthCommand(\"curl\", \"--fail\", \"http://localhost:8080/health\")");
        return builder.WithConcept(new HealthCommandAnnotation([.. command]));
    }
}
