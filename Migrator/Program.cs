using AspireDeploy.Data;
using AspireDeploy.Migrator;
using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

try
{
    var request = CommandLine.Parse(args);
    if (request == Request.Help)
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }
    using var host = Build();
    var migration = host.Services.GetRequiredService<CatalogMigration>();
    // Starting the host starts telemetry and hears signals; disposing of it sends what telemetry still holds.
    await host.StartAsync();
    var code = await migration.RunAsync(request, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    await host.StopAsync();
    return code;
}
catch (SettingException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return SettingException.ExitCode;
}

static IHost Build()
{
    var settings = new HostApplicationBuilderSettings
    {
        DisableDefaults = true,
        ApplicationName = "Migrator",
        Configuration = new ConfigurationManager(),
    };
    settings.Configuration.AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables();
    var builder = new HostApplicationBuilder(settings);
    builder.AddServiceDefaults();
    builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
    builder.Services.AddCatalogTelemetry();
    builder.Services.AddSingleton(CatalogConnection.From(builder.Configuration));
    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddSingleton<Progress>();
    builder.Services.AddSingleton<CatalogMigration>();
    return builder.Build();
}
