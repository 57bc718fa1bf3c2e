using AspireDeploy.Gateway.Health;
using AspireDeploy.Gateway.Https;
using AspireDeploy.Gateway.Limits;
using AspireDeploy.Gateway.Replicas;
using AspireDeploy.Gateway.Requests;
using AspireDeploy.Gateway.Retrying;
using AspireDeploy.Gateway.Routing;
using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace AspireDeploy.Gateway;

/// <summary>The gateway, built from its settings.</summary>
internal static class GatewayHost
{
    /// <exception cref="SettingException">A setting is missing or can't be used.</exception>
    internal static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory }
        );
        builder.AddGatewayDefaults();
        var settings = GatewaySettings.From(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        ServerLimits.Apply(builder.WebHost, settings.Limits);
        // Nothing here blocks a thread, so a request is handled where its bytes arrive, and not handed to another thread twice
        // (docs/decisions/gateway-speed.md).
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        GatewayCertificate.Use(builder);
        AddProxy(builder.Services);

        var app = builder.Build();
        KestrelRefusals.Hear(app.Services);
        app.UseMiddleware<RequestCheck>();
        HttpsRedirect.Use(app);
        app.MapReverseProxy(proxy =>
        {
            proxy.UseMiddleware<RetryMiddleware>();
            proxy.UseLoadBalancing();
        });
        return app;
    }

    private static void AddProxy(IServiceCollection services)
    {
        services.AddSingleton<Refusals>();
        services.AddReverseProxy().ConfigureHttpClient(ReplicaConnections.Configure).AddTransforms(PassedOn.Add);
        services.AddSingleton<InMemoryConfigProvider>(provider =>
            ProxyConfiguration.Initial(provider.GetRequiredService<GatewaySettings>())
        );
        services.AddSingleton<IProxyConfigProvider>(provider => provider.GetRequiredService<InMemoryConfigProvider>());
        services.AddSingleton<IAvailableDestinationsPolicy, ReadyReplicas>();
        services.AddSingleton<ReplicaTable>();
        services.AddSingleton<IConfigChangeListener>(provider => provider.GetRequiredService<ReplicaTable>());
        services.AddSingleton<ReplicaProbe>();
        services.AddSingleton<Probing>();
        services.AddHostedService(provider => provider.GetRequiredService<Probing>());
        services.AddHostedService<ControlLink>();
    }
}
