using System.Diagnostics;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Something that can be done with a resource, in the dashboard or by code.</summary>
[DebuggerDisplay("Type = {GetType().Name,nq}, Name = {Name}")]
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    /// <summary>Creates a command.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="displayName">The name that is shown.</param>
    /// <param name="updateState">Decides whether it can be executed, whenever something becomes known about the resource.</param>
    /// <param name="executeCommand">Executes it.</param>
    /// <param name="displayDescription">What it does.</param>
    /// <param name="parameter">Obsolete.</param>
    /// <param name="confirmationMessage">What is asked before it is executed; null to ask nothing.</param>
    /// <param name="iconName">The name of its icon among the Fluent UI system icons.</param>
    /// <param name="iconVariant">Which variant of the icon.</param>
    /// <param name="isHighlighted">Whether it is shown next to the resource; otherwise it is in the menu.</param>
    public ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<UpdateCommandStateContext, ResourceCommandState> updateState,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        string? displayDescription,
        object? parameter,
        string? confirmationMessage,
        string? iconName,
        IconVariant? iconVariant,
        bool isHighlighted)
        : this(name, displayName, updateState, executeCommand, displayDescription, arguments: null, confirmationMessage, iconName, iconVariant, isHighlighted)
    {
#pragma warning disable CS0618 // Kept for those who still read it.
        Parameter = parameter;
#pragma warning restore CS0618
    }

    /// <summary>Creates a command that takes arguments.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="displayName">The name that is shown.</param>
    /// <param name="updateState">Decides whether it can be executed, whenever something becomes known about the resource.</param>
    /// <param name="executeCommand">Executes it.</param>
    /// <param name="displayDescription">What it does.</param>
    /// <param name="arguments">What it takes.</param>
    /// <param name="confirmationMessage">What is asked before it is executed; null to ask nothing.</param>
    /// <param name="iconName">The name of its icon among the Fluent UI system icons.</param>
    /// <param name="iconVariant">Which variant of the icon.</param>
    /// <param name="isHighlighted">Whether it is shown next to the resource; otherwise it is in the menu.</param>
    /// <param name="visibility">Who is offered it.</param>
    /// <param name="validateArguments">Says what is wrong with the values it is given, after each was checked by itself.</param>
    public ResourceCommandAnnotation(
        string name,
        string displayName,
        Func<UpdateCommandStateContext, ResourceCommandState> updateState,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        string? displayDescription,
        IReadOnlyList<InteractionInput>? arguments,
        string? confirmationMessage,
        string? iconName,
        IconVariant? iconVariant,
        bool isHighlighted,
        ResourceCommandVisibility visibility = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api,
        Func<InputsDialogValidationContext, Task>? validateArguments = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(updateState);
        ArgumentNullException.ThrowIfNull(executeCommand);
        Name = name;
        DisplayName = displayName;
        UpdateState = updateState;
        ExecuteCommand = executeCommand;
        DisplayDescription = displayDescription;
        Arguments = arguments ?? [];
        ConfirmationMessage = confirmationMessage;
        IconName = iconName;
        IconVariant = iconVariant;
        IsHighlighted = isHighlighted;
        Visibility = visibility;
        ValidateArguments = validateArguments;
    }

    /// <summary>The command's name.</summary>
    public string Name { get; }

    /// <summary>The name that is shown.</summary>
    public string DisplayName { get; }

    /// <summary>Decides whether it can be executed, whenever something becomes known about the resource.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    /// <summary>Executes it.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    /// <summary>What it does.</summary>
    public string? DisplayDescription { get; }

    /// <summary>Obsolete.</summary>
    [Obsolete("Describe what the command takes with Arguments.")]
    public object? Parameter { get; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; }

    /// <summary>Says what is wrong with the values it is given, after each was checked by itself.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidateArguments { get; }

    /// <summary>What is asked before it is executed; null to ask nothing.</summary>
    public string? ConfirmationMessage { get; }

    /// <summary>The name of its icon among the Fluent UI system icons.</summary>
    public string? IconName { get; }

    /// <summary>Which variant of the icon.</summary>
    public IconVariant? IconVariant { get; }

    /// <summary>Whether it is shown next to the resource; otherwise it is in the menu.</summary>
    public bool IsHighlighted { get; }

    /// <summary>Who is offered it.</summary>
    public ResourceCommandVisibility Visibility { get; }

    internal ResourceCommandSnapshot ToSnapshot(ResourceCommandState state)
#pragma warning disable CS0618 // Kept for those who still read it.
        => new(Name, state, DisplayName, DisplayDescription, Parameter, ConfirmationMessage, IconName, IconVariant, IsHighlighted)
#pragma warning restore CS0618
        {
            Arguments = Arguments,
            Visibility = Visibility,
        };
}
