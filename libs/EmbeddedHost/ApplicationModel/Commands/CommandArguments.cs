using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The values that a command is executed with: those it declares, filled with what it was given.</summary>
internal static class CommandArguments
{
    public static InteractionInputCollection None { get; } = new([]);

    /// <summary>A copy of what a command declares, with the values given. A command that declares nothing gets what is given as it is.</summary>
    public static InteractionInputCollection Fill(IReadOnlyList<InteractionInput> declared, InteractionInputCollection given)
        => declared.Count == 0
            ? given
            : new([.. declared.Select(input => Copy(input, given.TryGetByName(input.Name, out var value) ? value.Value : input.Value))]);

    /// <summary>Checks each value by itself, then all as the command asks. What is wrong is noted at the input.</summary>
    /// <returns>Whether all is well.</returns>
    public static async Task<bool> ValidateAsync(ResourceCommandAnnotation command, InteractionInputCollection arguments, IServiceProvider services, CancellationToken cancellationToken)
    {
        var context = new InputsDialogValidationContext { Inputs = arguments, Services = services, CancellationToken = cancellationToken };
        foreach (var input in arguments.Where(i => !i.Disabled))
        {
            if (input.InputType != InputType.SecretText)
                input.Value = input.Value?.Trim();
            if (Mistake(input) is { } mistake)
                context.AddValidationError(input, mistake);
        }

        if (!context.HasErrors && command.ValidateArguments is { } validate)
            await validate(context);
        return !context.HasErrors;
    }

    /// <summary>What is wrong with the values, in a sentence.</summary>
    public static string Mistakes(InteractionInputCollection arguments)
        => string.Join(" ", arguments.SelectMany(input => input.ValidationErrors.Select(error => $"{input.Label ?? input.Name}: {error}")));

    private static string? Mistake(InteractionInput input) => (input.InputType, input.Value) switch
    {
        (_, null or "") => input.Required ? "A value is required." : null,
        (InputType.Text or InputType.SecretText, var value) when value.Length > input.MaxLength => $"The value is longer than {input.MaxLength} characters.",
        (InputType.Choice, var value) when !input.AllowCustomChoice && input.Options is { } options && options.All(o => o.Key != value) =>
            $"'{value}' is none of: {string.Join(", ", options.Select(o => o.Key))}.",
        (InputType.Boolean, var value) when !bool.TryParse(value, out _) => $"'{value}' is neither true nor false.",
        (InputType.Number, var value) when !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => $"'{value}' is not a number.",
        _ => null,
    };

    private static InteractionInput Copy(InteractionInput input, string? value) => new()
    {
        Name = input.Name,
        Label = input.Label,
        Description = input.Description,
        EnableDescriptionMarkdown = input.EnableDescriptionMarkdown,
        InputType = input.InputType,
        Required = input.Required,
        Options = input.Options,
        Value = value,
        Placeholder = input.Placeholder,
        AllowCustomChoice = input.AllowCustomChoice,
        Disabled = input.Disabled,
        MaxLength = input.MaxLength,
    };
}
