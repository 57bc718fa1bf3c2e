using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Provides an extension method that declares what a project's program understands.</summary>
public static class ServiceDefaultsBuilderExtensions
{
    /// <summary>
    /// Declares that the project calls AspireDeploy's ServiceDefaults. Its program then answers <c>healthcheck PATH</c> on the command
    /// line, reads secrets from files under <c>/run/secrets</c>, and writes to no file but under <c>/tmp</c>: deployed, it is asked for
    /// health by itself, is given secrets as files and has a read-only root. Without it nothing of that is assumed.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The project.</param>
    /// <returns>The resource builder.</returns>
    /// <example>
    /// <code>
    /// builder.AddProject&lt;Projects.Api&gt;("api")
    ///     .WithServiceDefaults();
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithServiceDefaults<T>(this IResourceBuilder<T> builder)
        where T : ProjectResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ServiceDefaultsAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }
}
