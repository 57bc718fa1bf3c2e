using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Declares a limit on processes.</summary>
public static class PidLimitBuilderExtensions
{
    /// <summary>
    /// Limits how many processes and threads a deployed replica may have together: one that makes them without end can't take the machine
    /// with it. Nothing enforces it locally.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="limit">The number, at least 1. A .NET process has some 20 to 50 threads by itself.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException"><paramref name="limit"/> is less than 1.</exception>
    /// <example>
    /// <code>
    /// builder.AddProject&lt;Projects.Api&gt;("api").WithPidLimit(256);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> WithPidLimit<T>(this IResourceBuilder<T> builder, int limit)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (limit < 1)
            throw DeclarationMistake.At(
                $"{builder.Resource.Name}.pids",
                string.Create(CultureInfo.InvariantCulture, $"{limit} is too few; its own process is one already")
            );
        return builder.WithConcept(new PidLimitAnnotation(limit));
    }
}
