namespace AspireDeploy.Model;

/// <summary>An environment variable of a workload.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="SecretAs">How the value reaches the process instead, when a secret is in it (<see cref="Template.HoldsSecret"/>).</param>
internal sealed record EnvironmentVariable(string Name, Template Value, SecretDelivery? SecretAs = null)
{
    /// <summary>
    /// Gets a value that indicates whether a secret is in it, so that it isn't written as an environment variable by targets that mount
    /// files.
    /// </summary>
    public bool HoldsSecret => Value.HoldsSecret;
}

/// <summary>
/// Describes how a secret value can reach a process without its environment: <see cref="FileNamedAsSetting"/> or
/// <see cref="FileNamedByVariable"/>. An <see cref="EnvironmentVariable"/> with a secret and no delivery can only be an environment
/// variable.
/// </summary>
internal abstract record SecretDelivery;

/// <summary>
/// As the file <c>/run/secrets/NAME</c>, named as the variable: a project that adds key-per-file configuration (ServiceDefaults does).
/// </summary>
internal sealed record FileNamedAsSetting : SecretDelivery
{
    /// <summary>Gets the variable that names another directory to such a project.</summary>
    public const string DirectoryVariable = "Secrets__Directory";
}

/// <summary>As a file whose path another variable holds: <c>POSTGRES_PASSWORD_FILE=/run/secrets/…</c>.</summary>
/// <param name="Variable">That variable.</param>
internal sealed record FileNamedByVariable(string Variable) : SecretDelivery;
