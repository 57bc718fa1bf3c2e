using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Model;

namespace AspireDeploy.Reading;

/// <summary>
/// Parameters of the app model as the plan's secrets and parameters. Only a default that was declared to be published is asked for; values
/// of this machine aren't, but where one of two things has to be published.
/// </summary>
internal static class ParameterReading
{
    /// <summary>
    /// Returns whether a parameter's value is one that nobody but who needs it may see: declared so, a connection string, or made at
    /// random.
    /// </summary>
    internal static bool IsSecret(ParameterResource parameter) =>
        parameter.Secret || parameter.IsConnectionString || parameter.Default is GenerateParameterDefault;

    internal static Secret Secret(ParameterResource parameter) =>
        new(
            parameter.Name,
            parameter.Default is GenerateParameterDefault generated
                ? new(Math.Max(generated.MinLength, new SecretGeneration().Length))
                : null,
            Description(parameter)
        );

    internal static Parameter Parameter(ParameterResource parameter) =>
        new(parameter.Name, parameter.Default?.GetDefaultValue(), Description(parameter));

    /// <summary>Returns the value that a parameter has while this is published; null if it has none.</summary>
    internal static string? ValueNow(ParameterResource parameter)
    {
        if (parameter.Default?.GetDefaultValue() is { } published)
            return published;
        return ResolvedValue(parameter);
    }

    /// <summary>Returns the value that a callback gets of a parameter; null if it has none yet.</summary>
    internal static string? ResolvedValue(ParameterResource parameter)
    {
        // One that nobody has given yet isn't waited for.
        var value = parameter.GetValueAsync(CancellationToken.None);
        return value.IsCompletedSuccessfully ? value.Result : null;
    }

    private static string Description(ParameterResource parameter) =>
        parameter.Description ?? (parameter.IsConnectionString ? $"The connection string {parameter.Name}" : "");
}
