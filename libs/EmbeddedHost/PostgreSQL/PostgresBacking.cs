using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.BackingServices;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.PostgreSQL;

/// <summary>Runs a PostgreSQL resource as a process.</summary>
internal static class PostgresBacking
{
    public static IResourceBuilder<PostgresServerResource> AddTo(IResourceBuilder<PostgresServerResource> builder)
    {
        var server = builder.Resource;
        builder.ApplicationBuilder.Eventing.Subscribe<AfterResourcesCreatedEvent>((created, token) =>
        {
            // In the background: this run needs nothing of what others left.
            var tools = created.Services.GetRequiredService<BackingData>().Tools;
            _ = Task.Run(() => PostgresLocator.Find(tools, ToolCache.In(tools)).Tool is { } tool ? PostgresProcess.SweepAsync(tool, tools, token) : Task.CompletedTask, token);
            return Task.CompletedTask;
        });
        return BackingProcess.AddTo(builder, new(tools => PostgresLocator.Find(tools, ToolCache.In(tools)).Error, (context, token) => PrepareAsync(server, context, token)));
    }

    private static async Task<ProcessBacking> PrepareAsync(PostgresServerResource server, ProcessBackingContext context, CancellationToken cancellationToken)
    {
        var cache = ToolCache.In(context.Tools);
        var search = PostgresLocator.Find(context.Tools, cache);
        var tool = search.Tool ?? throw new DistributedApplicationException(search.Error!);
        var user = await server.UserNameReference.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? PostgresServerResource.DefaultUserName;
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
        var process = await PostgresProcess.PrepareAsync(tool, context.Tools, cache, context.Data, user, password!, context.Port, cancellationToken).ConfigureAwait(false);
        return new(process.Command, process.RequestFastShutdownAsync);
    }
}
