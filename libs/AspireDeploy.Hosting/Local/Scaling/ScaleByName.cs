using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Local.Scaling;

/// <summary>
/// The scale command of all replicas together. The <c>aspire</c> command 13.6 looks a command's arguments up where a name belongs to one
/// instance in the app model; elsewhere it passes each on by what was typed, as the name of an argument without a value. So there is an
/// argument for each number, by the name that it is typed with: <c>--replicas 5</c>.
/// </summary>
internal static class ScaleByName
{
    private const string Option = "--replicas";
    private const string NotGiven = "not given";

    // Up to here a number that is too large is refused as such; beyond, the argument is one that nobody knows.
    private const int Refused = 100;

    internal static ResourceCommandAnnotation Command(IResource resource, ScaledReplicas scaling)
    {
        var most = resource.GetReplicaCount();
        return new(
            ScaleCommand.Name,
            ScaleCommand.DisplayName,
            static _ => ResourceCommandState.Enabled,
            async context =>
            {
                await scaling
                    .ScaleAsync(resource, NumberOf(Given(context.Arguments)!)!.Value, context.CancellationToken)
                    .ConfigureAwait(false);
                return CommandResults.Success();
            },
            ScaleCommand.Description(resource),
            [
                .. Names(Math.Max(2 * most, Refused))
                    .Select(name => new InteractionInput
                    {
                        Name = name,
                        InputType = InputType.Text,
                        Value = NotGiven,
                    }),
            ],
            confirmationMessage: null,
            iconName: null,
            iconVariant: null,
            isHighlighted: false,
            validateArguments: context =>
            {
                var given = Given(context.Inputs);
                if (given is null || NumberOf(given) is not { } wanted || wanted < 1 || wanted > most)
                    context.AddValidationError(given ?? context.Inputs[Option], ScaleCommand.Limits(resource));
                return Task.CompletedTask;
            }
        );
    }

    // What was typed comes without a value, in place of the one that it has otherwise.
    private static InteractionInput? Given(InteractionInputCollection arguments) =>
        arguments.FirstOrDefault(argument => argument.Value is null);

    private static int? NumberOf(InteractionInput given) =>
        int.TryParse(given.Name.AsSpan(Option.Length).TrimStart(" ="), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static IEnumerable<string> Names(int largest) =>
        [
            Option,
            .. Enumerable
                .Range(0, largest + 1)
                .SelectMany(number =>
                    (string[])
                        [
                            string.Create(CultureInfo.InvariantCulture, $"{Option} {number}"),
                            string.Create(CultureInfo.InvariantCulture, $"{Option}={number}"),
                        ]
                ),
        ];
}
