using AspireDeploy.Data;
using AspireDeploy.Migrator;
using AspireDeploy.ServiceDefaults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const string List = "--list";
const string Usage = """
    Brings the catalog's database up to date, then ends.

    usage: Migrator [--list]

      --list   show which migrations are pending and change nothing
      --help   show this

    The database is ConnectionStrings:catalog (ConnectionStrings__catalog in the environment, or a file of that name in /run/secrets).
    Exit codes: 0 done, 1 failed, 2 wrongly configured.
    """;

if (args is [.., "--help" or "-h"])
{
    Console.WriteLine(Usage);
    return 0;
}
try
{
    if (args.FirstOrDefault(argument => argument != List) is { } unknown)
        throw new SettingException($"Unknown option '{unknown}'; the migrator takes --list or --help.");
    var progress = new Progress();
    using var host = Build(progress);
    // Starting the host starts telemetry and listens for signals; disposing of it sends what telemetry still holds.
    await host.StartAsync();
    await using var scope = host.Services.CreateAsyncScope();
    var migration = ActivatorUtilities.CreateInstance<CatalogMigration>(scope.ServiceProvider, progress);
    var code = await migration.RunAsync(args.Length > 0, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    await host.StopAsync();
    return code;
}
catch (SettingException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return SettingException.ExitCode;
}

static IHost Build(Progress progress)
{
    var configuration = new ConfigurationManager();
    configuration.AddEnvironmentVariables("DOTNET_").AddEnvironmentVariables();
    var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = "Migrator", Configuration = configuration });
    builder.AddServiceDefaults();
    builder.Services.Configure<ConsoleLifetimeOptions>(options => options.SuppressStatusMessages = true);
    // One session without a limit on how long a migration may run: when it ends, PostgreSQL releases the lock.
    builder.AddCatalog("Pooling=false;Timeout=5;Command Timeout=0", options => CatalogMigration.Configure(options, progress));
    return builder.Build();
}
