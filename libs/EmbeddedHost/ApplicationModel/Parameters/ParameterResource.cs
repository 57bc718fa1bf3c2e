using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that the application is given from outside.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lock _lock = new();
    private readonly Func<ParameterDefault?, string> _callback;
    private string? _value;
    private string? _configurationKey;

    /// <summary>Creates a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="callback">Gives its value; called until it has given one. It is given the default.</param>
    /// <param name="secret">Whether the value is secret.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _callback = callback;
        Secret = secret;
    }

    /// <summary>The value; once there is one, it stays.</summary>
    /// <exception cref="MissingParameterValueException">There is none.</exception>
    [Obsolete("Use GetValueAsync, or give the parameter itself.")]
    public string Value
    {
        get
        {
            lock (_lock)
            {
                return _value ??= _callback(Default);
            }
        }
    }

    /// <summary>Whether the value is secret.</summary>
    public bool Secret { get; }

    /// <summary>What gives the value if nobody does; null if nothing does.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether it is a connection string.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>What the value is for; null if that wasn't said.</summary>
    public string? Description { get; set; }

    /// <summary>Whether <see cref="Description"/> is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; set; }

    /// <inheritdoc />
    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>Where the configuration has the value.</summary>
    internal string ConfigurationKey
    {
        get => _configurationKey ?? (IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}");
        init => _configurationKey = value;
    }

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(Value);

    /// <inheritdoc />
    [SuppressMessage("Naming", "CA1725:Parameter names should match base declaration", Justification = "Part of Aspire's API.")]
    public ValueTask<string?> GetValueAsync(ValueProviderContext _, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
