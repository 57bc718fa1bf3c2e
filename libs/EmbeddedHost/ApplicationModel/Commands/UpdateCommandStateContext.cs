namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the state of a command is decided by.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>What is now known about the resource.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>The application's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <inheritdoc cref="Services" />
    [Obsolete("Use Services.")]
    public IServiceProvider ServiceProvider
    {
        get => Services;
        init => Services = value;
    }
}
