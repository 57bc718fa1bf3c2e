namespace Aspire.Hosting.ApplicationModel;

/// <summary>Options of a command.</summary>
public class CommandOptions
{
    internal static CommandOptions Default { get; } = new();

    /// <summary>What it does.</summary>
    public string? Description { get; set; }

    /// <summary>Obsolete.</summary>
    [Obsolete("Describe what the command takes with Arguments.")]
    public object? Parameter { get; set; }

    /// <summary>What it takes.</summary>
    public IReadOnlyList<InteractionInput>? Arguments { get; set; }

    /// <summary>Says what is wrong with the values it is given, after each was checked by itself.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidateArguments { get; set; }

    /// <summary>What is asked before it is executed; null to ask nothing.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>The name of its icon among the Fluent UI system icons.</summary>
    public string? IconName { get; set; }

    /// <summary>Which variant of the icon.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown next to the resource; otherwise it is in the menu.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Who is offered it.</summary>
    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;

    /// <summary>Decides whether it can be executed, whenever something becomes known about the resource. By default it always can.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}
