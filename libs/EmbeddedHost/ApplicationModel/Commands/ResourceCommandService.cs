using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Executes the commands of resources.</summary>
public class ResourceCommandService
{
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceLoggerService _loggers;
    private readonly IServiceProvider _services;

    internal ResourceCommandService(ResourceNotificationService notifications, ResourceLoggerService loggers, IServiceProvider services)
    {
        _notifications = notifications;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Executes a command on an instance.</summary>
    /// <param name="resourceId">The instance's id; or a resource's name, for all of its instances.</param>
    /// <param name="commandName">The command's name.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>How it went. A command that throws has failed; it doesn't throw here.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
        => ExecuteCommandAsync(resourceId, commandName, CommandArguments.None, cancellationToken);

    /// <summary>Executes a command on an instance.</summary>
    /// <param name="resourceId">The instance's id; or a resource's name, for all of its instances.</param>
    /// <param name="commandName">The command's name.</param>
    /// <param name="arguments">The values that the command takes.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>How it went. A command that throws has failed; it doesn't throw here.</returns>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        ArgumentNullException.ThrowIfNull(commandName);
        ArgumentNullException.ThrowIfNull(arguments);
        if (_notifications.TryGetCurrentState(resourceId, out var known))
            return await ExecuteAsync(known.Resource, known.ResourceId, commandName, arguments, cancellationToken);

        return _notifications.InstancesOf(resourceId) is [{ Resource: var named }, ..]
            ? await ExecuteCommandAsync(named, commandName, arguments, cancellationToken)
            : CommandResults.Failure($"There is no resource '{resourceId}'.");
    }

    /// <summary>Executes a command on all instances of a resource at once.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">The command's name.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>How it went: well if it did everywhere.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
        => ExecuteCommandAsync(resource, commandName, CommandArguments.None, cancellationToken);

    /// <summary>Executes a command on all instances of a resource at once.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="commandName">The command's name.</param>
    /// <param name="arguments">The values that the command takes.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>How it went: well if it did everywhere.</returns>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, InteractionInputCollection arguments, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(commandName);
        ArgumentNullException.ThrowIfNull(arguments);
        var ids = resource.InstanceIds();
        var results = await Task.WhenAll(ids.Select(id => ExecuteAsync(resource, id, commandName, arguments, cancellationToken)));
        if (results is [var only])
            return only;

        var failures = ids.Zip(results).Where(r => r.Second is { Success: false, Canceled: false }).Select(r => $"{r.First}: {r.Second.Message}").ToArray();
        if (failures.Length > 0)
            return CommandResults.Failure($"'{commandName}' failed on {failures.Length} of {ids.Length} instances. {string.Join(" ", failures)}");
        return results.Any(r => r.Canceled) ? CommandResults.Canceled() : new ExecuteCommandResult { Success = true, Data = results.FirstOrDefault(r => r.Data is not null)?.Data };
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string id, string commandName, InteractionInputCollection given, CancellationToken cancellationToken)
    {
        var command = resource.Annotations.OfType<ResourceCommandAnnotation>().LastOrDefault(c => StringComparer.OrdinalIgnoreCase.Equals(c.Name, commandName));
        if (command is null)
            return CommandResults.Failure($"The resource '{resource.InstanceDisplayName(id)}' has no command '{commandName}'.");

        var logger = _loggers.GetLogger(id);
        try
        {
            var arguments = CommandArguments.Fill(command.Arguments, given);
            if (!await CommandArguments.ValidateAsync(command, arguments, _services, cancellationToken))
                return new ExecuteCommandResult { Success = false, Message = CommandArguments.Mistakes(arguments), InvalidArguments = arguments };

            logger.LogInformation("Executing command '{Command}'.", command.Name);
            var result = await command.ExecuteCommand(new ExecuteCommandContext
            {
                Services = _services,
                ResourceName = id,
                CancellationToken = cancellationToken,
                Logger = logger,
                Arguments = arguments,
            });
            if (result is { Success: false, Canceled: false })
                logger.LogError("Command '{Command}' failed: {Reason}", command.Name, result.Message ?? "it gives no reason");
            return result;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            logger.LogError("Command '{Command}' failed: {Reason}", command.Name, e.Message);
            return CommandResults.Failure(e);
        }
    }
}
