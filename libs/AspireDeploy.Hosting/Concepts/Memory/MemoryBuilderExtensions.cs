using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;

namespace Aspire.Hosting;

/// <summary>Declares memory.</summary>
public static class MemoryBuilderExtensions
{
    /// <summary>
    /// Says how much memory a replica may use. Going over the limit ends that replica and no other; what happens then is for its restart
    /// policy.
    /// </summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="limit">The most a replica may use: <c>256Mi</c>, <c>0.5Gi</c> (powers of 1024), <c>512MB</c> (powers of 1000).</param>
    /// <param name="request">What is set aside for it where machines are shared, in the same units; the limit if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">One of them isn't a size, the limit is under 6Mi, or the request is over the
    /// limit.</exception>
    public static IResourceBuilder<T> WithMemory<T>(this IResourceBuilder<T> builder, string limit, string? request = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = $"{builder.Resource.Name}.memory";
        var most = Read($"{path}.limit", limit);
        var memory = new AspireDeploy.Model.Memory(request is null ? most : Read($"{path}.request", request), most);
        var errors = new List<PlanError>();
        PlanValidation.CheckMemory(errors, path, memory);
        DeclarationMistake.ThrowFirst(errors);
        return builder.WithConcept(new MemoryAnnotation(memory));
    }

    private static Size Read(string path, string text) =>
        Size.TryParse(text, out var size, out var reason) ? size : throw DeclarationMistake.At(path, reason);
}
