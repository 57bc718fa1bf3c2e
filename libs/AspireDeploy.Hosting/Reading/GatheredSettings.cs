using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Describes what a resource's process is told, as the callbacks of the declaration give it when publishing: values, or what stands for
/// them.
/// </summary>
/// <param name="Variables">Environment variables.</param>
/// <param name="Arguments">Arguments.</param>
/// <param name="Files">Files and folders, each with the folder that it is put into.</param>
internal sealed record GatheredSettings(
    IReadOnlyDictionary<string, object> Variables,
    IReadOnlyList<object> Arguments,
    IReadOnlyList<(string Directory, ContainerFileSystemItem Item)> Files
)
{
    /// <summary>
    /// Gets a value that says that an ASP.NET Core program runs in its environment Development, deployed too. Of the two variables
    /// ASP.NET Core's own wins. (https://learn.microsoft.com/aspnet/core/fundamentals/environments)
    /// </summary>
    internal bool IsDevelopment =>
        (Variables.GetValueOrDefault("ASPNETCORE_ENVIRONMENT") ?? Variables.GetValueOrDefault("DOTNET_ENVIRONMENT")) is string environment
        && environment.Equals("Development", StringComparison.OrdinalIgnoreCase);

    internal static async Task<GatheredSettings> ReadAsync(
        IResource resource,
        DistributedApplicationExecutionContext execution,
        CancellationToken cancellationToken
    )
    {
        var environment = new EnvironmentCallbackContext(execution, resource, [], cancellationToken);
        var arguments = new CommandLineArgsCallbackContext(new List<object>(), resource, cancellationToken)
        {
            ExecutionContext = execution,
        };
        IReadOnlyList<(string, ContainerFileSystemItem)> files;
        try
        {
            foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
                await annotation.Callback(environment);
            foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
                await annotation.Callback(arguments);
            files = await ContainerFilesReading.ItemsOfAsync(resource, execution, cancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new PlanException([
                new(
                    $"{resource.Name}.env",
                    $"a callback of its declaration fails when publishing: {failed.Message.TrimEnd('.')}; have it do that when "
                        + "running alone (builder.ExecutionContext.IsRunMode)"
                ),
            ]);
        }
        return new(environment.EnvironmentVariables, [.. arguments.Args], files);
    }
}
