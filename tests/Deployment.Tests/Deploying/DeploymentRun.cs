using AspireDeploy.Deploying;
using AspireDeploy.Tests.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Tests.Deploying;

/// <summary>An application's steps, run as from its command line, over programs with variables of the test's own.</summary>
internal sealed class DeploymentRun(Action<IDistributedApplicationBuilder> declare, params string[] variables) : IDisposable
{
    private readonly DirectoryInfo _output = Directory.CreateTempSubdirectory("aspiredeploy-deploy-");

    /// <summary>Gets where it is published.</summary>
    internal string Folder => _output.FullName;

    public void Dispose() => _output.Delete(recursive: true);

    /// <summary>Runs a step.</summary>
    /// <returns>What the programs said.</returns>
    internal async Task<string> RunAsync(string step, params string[] args)
    {
        var commands = new RecordedCommands(variables);
        await RunAsync(step, commands, args);
        return commands.Output;
    }

    /// <summary>Runs a step that fails.</summary>
    /// <returns>The failure's line, and what the programs had said.</returns>
    internal async Task<(string Failure, string Output)> FailAsync(string step, params string[] args)
    {
        var commands = new RecordedCommands(variables);
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => RunAsync(step, commands, args));
        return (failure.Message, commands.Output);
    }

    private async Task RunAsync(string step, RecordedCommands commands, string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(
            new DistributedApplicationOptions
            {
                // Values that Aspire keeps of an earlier deployment on this machine would win over the test's.
                Args =
                [
                    "--clear-cache",
                    "true",
                    "--operation",
                    "publish",
                    "--step",
                    step,
                    "--output-path",
                    Folder,
                    "--Deployment:Name",
                    "shop",
                    "--Deployment:Version",
                    "1.0.0",
                    .. args,
                ],
                DisableDashboard = true,
                ProjectDirectory = AppContext.BaseDirectory,
            }
        );
        builder.Services.AddSingleton<ICommands>(commands);
        declare(builder);
        await using var application = builder.Build();
        await PipelineRun.EndAsync(application);
    }
}
