using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// Describes which variable takes the path of a file in place of a secret, as
/// <see cref="Aspire.Hosting.SecretFileBuilderExtensions.WithSecretAsFile"/> declares it.
/// </summary>
/// <param name="variable">The variable that holds the secret.</param>
/// <param name="fileVariable">The variable that names the file; null: the program reads <c>/run/secrets/VARIABLE</c> by itself.</param>
public sealed class SecretFileAnnotation(string variable, string? fileVariable) : IResourceAnnotation
{
    /// <summary>Gets the variable that holds the secret.</summary>
    public string Variable { get; } = variable;

    /// <summary>Gets the variable that names the file; null: the program reads <c>/run/secrets/VARIABLE</c> by itself.</summary>
    public string? FileVariable { get; } = fileVariable;
}
