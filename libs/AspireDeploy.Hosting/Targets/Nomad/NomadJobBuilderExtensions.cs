using System.Text.Json.Nodes;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy;

namespace Aspire.Hosting;

/// <summary>Declares changes of what is published for Nomad.</summary>
public static class NomadJobBuilderExtensions
{
    /// <summary>
    /// Changes a resource's job before it is written, for what the AppHost has no method for. Changes are made in the order in which they
    /// are declared, and the report lists them.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Changes the job: an object with a member for each argument and block of the file. A block's labels are
    /// members of their own: <c>job["group"]["api"]["task"]["api"]["config"]</c>; of blocks that stand several times there is an array. A
    /// member that is null is taken away. It may be called more than once, each time with a new object.</param>
    /// <returns>The builder.</returns>
    /// <example>
    /// <code>
    /// builder.AddContainer("db", "postgres", "18").PublishAsNomadJob(job => job["priority"] = 70);
    /// </code>
    /// </example>
    public static IResourceBuilder<T> PublishAsNomadJob<T>(this IResourceBuilder<T> builder, Action<JsonObject> configure)
        where T : IComputeResource => builder.WithObjectChange("nomad", "", nameof(PublishAsNomadJob), configure);
}
