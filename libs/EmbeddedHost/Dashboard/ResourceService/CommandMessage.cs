using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>Commands as they travel between the dashboard and the host: offered, asked for, and done.</summary>
internal static class CommandMessage
{
    public static Protocol.ResourceCommand From(ResourceCommandSnapshot command)
    {
        var message = new Protocol.ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            DisplayDescription = command.DisplayDescription ?? "",
            ConfirmationMessage = command.ConfirmationMessage ?? "",
            IconName = command.IconName ?? "",
            IconVariant = Variant(command.IconVariant ?? IconVariant.Regular),
            IsHighlighted = command.IsHighlighted,
            State = command.State switch
            {
                ResourceCommandState.Enabled => Protocol.ResourceCommandState.Enabled,
                ResourceCommandState.Disabled => Protocol.ResourceCommandState.Disabled,
                _ => Protocol.ResourceCommandState.Hidden,
            },
        };
        message.ArgumentInputs.AddRange(command.Arguments.Select(From));
        return message;
    }

    public static Protocol.IconVariant Variant(IconVariant variant) => variant is IconVariant.Filled ? Protocol.IconVariant.Filled : Protocol.IconVariant.Regular;

    /// <summary>What the person filled in. Only names and values count: the rest is the declaration's.</summary>
    public static InteractionInputCollection Arguments(Protocol.ResourceCommandRequest request) =>
        new([.. request.Arguments.Select(argument => new InteractionInput { Name = argument.Key, InputType = InputType.Text, Value = Text(argument.Value) })]);

    public static Protocol.ResourceCommandResponse From(ExecuteCommandResult result)
    {
        var response = new Protocol.ResourceCommandResponse
        {
            Kind = result switch
            {
                { Success: true } => Protocol.ResourceCommandResponseKind.Succeeded,
                { Canceled: true } => Protocol.ResourceCommandResponseKind.Cancelled,
                { InvalidArguments: not null } => Protocol.ResourceCommandResponseKind.InvalidArguments,
                _ => Protocol.ResourceCommandResponseKind.Failed,
            },
            Message = result.Message ?? "",
        };
        if (result.Data is { } data)
        {
            response.Result = new()
            {
                Value = data.Value,
                DisplayImmediately = data.DisplayImmediately,
                Format = data.Format switch
                {
                    CommandResultFormat.Text => Protocol.CommandResultFormat.Text,
                    CommandResultFormat.Json => Protocol.CommandResultFormat.Json,
                    CommandResultFormat.Markdown => Protocol.CommandResultFormat.Markdown,
                    _ => Protocol.CommandResultFormat.None,
                },
            };
        }

        return response;
    }

    private static Protocol.InteractionInput From(InteractionInput input)
    {
        var message = new Protocol.InteractionInput
        {
            Name = input.Name,
            Label = input.Label ?? input.Name,
            Description = input.Description ?? "",
            EnableDescriptionMarkdown = input.EnableDescriptionMarkdown,
            Placeholder = input.Placeholder ?? "",
            Value = input.Value ?? "",
            Required = input.Required,
            Disabled = input.Disabled,
            AllowCustomChoice = input.AllowCustomChoice,
            MaxLength = input.MaxLength ?? 0,
            InputType = input.InputType switch
            {
                InputType.SecretText => Protocol.InputType.SecretText,
                InputType.Choice => Protocol.InputType.Choice,
                InputType.Boolean => Protocol.InputType.Boolean,
                InputType.Number => Protocol.InputType.Number,
                _ => Protocol.InputType.Text,
            },
        };
        foreach (var (value, shown) in input.Options ?? [])
        {
            message.Options[value] = shown;
        }

        return message;
    }

    private static string? Text(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.NumberValue => value.NumberValue.ToString("R", CultureInfo.InvariantCulture),
        Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        _ => null,
    };
}
