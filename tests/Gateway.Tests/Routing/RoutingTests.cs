using System.Net;
using Microsoft.AspNetCore.Http;

namespace AspireDeploy.Gateway.Tests.Routing;

public sealed class RoutingTests
{
    [Fact]
    public async Task Route_LongestPrefix_Wins()
    {
        await using var site = await Backend.StartAsync(context => context.Response.WriteAsync($"site {context.Request.Path}"));
        await using var shop = await Backend.StartAsync(context => context.Response.WriteAsync($"shop {context.Request.Path}"));
        await using var gateway = await BeforeSiteAndShopAsync(site, shop, strip: false);
        Assert.Equal("site /", await gateway.GetAsync("/"));
        Assert.Equal("site /shopping", await gateway.GetAsync("/shopping"));
        Assert.Equal("shop /shop", await gateway.GetAsync("/shop"));
        Assert.Equal("shop /shop/cart", await gateway.GetAsync("/shop/cart"));
    }

    [Fact]
    public async Task Route_StripPrefix_TakesItOff()
    {
        await using var site = await Backend.SayingAsync("site");
        await using var shop = await Backend.StartAsync(context =>
            context.Response.WriteAsync(
                $"{context.Request.Path}{context.Request.QueryString} of {context.Request.Headers["X-Forwarded-Prefix"]}"
            )
        );
        await using var gateway = await BeforeSiteAndShopAsync(site, shop, strip: true);
        Assert.Equal("/cart?n=1 of ", await gateway.GetAsync("/shop/cart?n=1"));
    }

    [Fact]
    public async Task Path_WithoutRoute_IsNotFound()
    {
        await using var shop = await Backend.SayingAsync("shop");
        await using var gateway = await RunningGateway.StartAsync(
            "--Gateway:Routes:0:Path=/shop",
            "--Gateway:Routes:0:Service=shop",
            $"--Gateway:Services:shop:Replicas:0={shop.Address}"
        );
        using var answer = await gateway.Client.GetAsync("/other", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static Task<RunningGateway> BeforeSiteAndShopAsync(Backend site, Backend shop, bool strip) =>
        RunningGateway.StartAsync(
            "--Gateway:Routes:0:Path=/",
            "--Gateway:Routes:0:Service=site",
            $"--Gateway:Services:site:Replicas:0={site.Address}",
            "--Gateway:Routes:1:Path=/shop",
            "--Gateway:Routes:1:Service=shop",
            $"--Gateway:Routes:1:StripPrefix={strip}",
            $"--Gateway:Services:shop:Replicas:0={shop.Address}"
        );
}
