using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Tools;

namespace Aspire.Hosting.Redis;

/// <summary>Runs a Redis resource as a process.</summary>
internal static class RedisBacking
{
    public static IResourceBuilder<RedisResource> AddTo(IResourceBuilder<RedisResource> builder)
    {
        var server = builder.Resource;
        return BackingProcess.AddTo(builder, new(tools => RedisLocator.Find(tools, ToolCache.In(tools)).Error, (context, token) => PrepareAsync(server, context, token)));
    }

    private static async Task<ProcessBacking> PrepareAsync(RedisResource server, ProcessBackingContext context, CancellationToken cancellationToken)
    {
        var search = RedisLocator.Find(context.Tools, ToolCache.In(context.Tools));
        var tool = search.Tool ?? throw new DistributedApplicationException(search.Error!);
        var password = server.PasswordParameter is { } parameter ? await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false) : null;
        return new(await RedisProcess.PrepareAsync(tool, context.Data, Path.Combine(context.SessionDirectory, $"{server.Name}.conf"), password, context.Port, context.IsKept, cancellationToken).ConfigureAwait(false));
    }
}
