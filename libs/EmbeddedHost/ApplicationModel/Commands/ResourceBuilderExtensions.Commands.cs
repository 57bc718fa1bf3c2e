using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares things about resources of any kind.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Gives a resource a command.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The command's name. A command of that name that the resource has is replaced.</param>
    /// <param name="displayName">The name that is shown.</param>
    /// <param name="executeCommand">Executes it.</param>
    /// <param name="commandOptions">More about it.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = commandOptions ?? CommandOptions.Default;
        var command = new ResourceCommandAnnotation(
            name,
            displayName,
            options.UpdateState ?? (_ => ResourceCommandState.Enabled),
            executeCommand,
            options.Description,
            options.Arguments,
            options.ConfirmationMessage,
            options.IconName,
            options.IconVariant,
            options.IsHighlighted,
            options.Visibility,
            options.ValidateArguments);

        foreach (var replaced in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(c => c.Name == name).ToArray())
            builder.Resource.Annotations.Remove(replaced);
        return builder.WithAnnotation(command);
    }

    /// <summary>Gives a resource a command.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The command's name. A command of that name that the resource has is replaced.</param>
    /// <param name="displayName">The name that is shown.</param>
    /// <param name="executeCommand">Executes it.</param>
    /// <param name="updateState">Decides whether it can be executed, whenever something becomes known about the resource. By default it always can.</param>
    /// <param name="displayDescription">What it does.</param>
    /// <param name="parameter">Obsolete; not used.</param>
    /// <param name="confirmationMessage">What is asked before it is executed; null to ask nothing.</param>
    /// <param name="iconName">The name of its icon among the Fluent UI system icons.</param>
    /// <param name="iconVariant">Which variant of the icon.</param>
    /// <param name="isHighlighted">Whether it is shown next to the resource; otherwise it is in the menu.</param>
    /// <returns>The builder.</returns>
    [Obsolete("Use the overload that takes CommandOptions.")]
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        Func<UpdateCommandStateContext, ResourceCommandState>? updateState = null,
        string? displayDescription = null,
        object? parameter = null,
        string? confirmationMessage = null,
        string? iconName = null,
        IconVariant? iconVariant = null,
        bool isHighlighted = false)
        where T : IResource
        => builder.WithCommand(name, displayName, executeCommand, new CommandOptions
        {
            UpdateState = updateState,
            Description = displayDescription,
            Parameter = parameter,
            ConfirmationMessage = confirmationMessage,
            IconName = iconName,
            IconVariant = iconVariant,
            IsHighlighted = isHighlighted,
        });
}
