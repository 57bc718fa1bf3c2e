using Aspire.Hosting.ApplicationModel;
using AspireDeploy;
using AspireDeploy.Model;

namespace Aspire.Hosting;

/// <summary>Declares processor time.</summary>
public static class CpuBuilderExtensions
{
    /// <summary>Says how much processor time a deployed replica is given. Nothing enforces it locally.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="request">Cores set aside for it: 0.25.</param>
    /// <param name="limit">Cores it may use; as many as are idle if null.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="DistributedApplicationException">The request isn't more than 0, or is over the limit.</exception>
    public static IResourceBuilder<T> WithCpu<T>(this IResourceBuilder<T> builder, double request, double? limit = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var path = $"{builder.Resource.Name}.cpu";
        if (!double.IsFinite(request) || Math.Abs(request) > 100_000)
            throw DeclarationMistake.At($"{path}.request", $"{request} is not a number of cores; write 0.25 or 2");
        if (limit is { } most && (!double.IsFinite(most) || most > 100_000))
            throw DeclarationMistake.At($"{path}.limit", $"{most} is not a number of cores; write 0.25 or 2");
        var cpu = new AspireDeploy.Model.Cpu((decimal)request, (decimal?)limit);
        var errors = new List<PlanError>();
        WorkloadValidation.CheckCpu(errors, path, cpu);
        DeclarationMistake.ThrowFirst(errors);
        return builder.WithConcept(new CpuAnnotation(cpu));
    }
}
