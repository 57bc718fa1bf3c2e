using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace AspireDeploy.ServiceDefaults.Tests;

public sealed class ServiceTests
{
    [Fact]
    public async Task Run_WrongSetting_IsTwo()
    {
        Assert.Equal(2, await Service.RunAsync([], _ => throw new SettingException("Setting X is missing.")));
    }

    [Fact]
    public async Task Run_AddressIsTaken_IsOne()
    {
        await using var web = await RunningWeb.StartAsync();

        Assert.Equal(1, await Service.RunAsync([], _ =>
            {
                var app = WebApplication.CreateSlimBuilder().Build();
                app.Urls.Add(web.App.Urls.First());
                return app;
            }));
    }

    [Fact]
    public async Task Run_VerbHealthcheck_BuildsNothing()
    {
        await using var web = await RunningWeb.StartAsync();

        Assert.Equal(0, await Service.RunAsync(["healthcheck", "--urls", web.App.Urls.First()], Unwanted));

        static IHost Unwanted(string[] _) => throw new InvalidOperationException("A host was built.");
    }
}
