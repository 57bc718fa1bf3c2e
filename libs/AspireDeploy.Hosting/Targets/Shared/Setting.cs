using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>A setting that a person may choose at deployment.</summary>
/// <param name="Name">Its name: <c>GATEWAY_HOST</c>.</param>
/// <param name="Default">What holds if it isn't set; null: it must be set.</param>
/// <param name="Description">What it is.</param>
internal sealed record Setting(string Name, string? Default, string Description)
{
    /// <summary>Returns the variable for a resource or a parameter: <c>size-limit</c> is <c>SIZE_LIMIT</c>.</summary>
    internal static string NameFor(string name) => name.Replace('-', '_').ToUpperInvariant();

    /// <summary>Returns the setting for a parameter.</summary>
    internal static Setting For(Parameter parameter) =>
        new(
            NameFor(parameter.Name),
            parameter.Default,
            parameter.Description.Length > 0 ? parameter.Description : $"The parameter {parameter.Name}."
        );
}
