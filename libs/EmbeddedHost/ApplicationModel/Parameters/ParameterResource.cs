namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is given from outside: configuration, user secrets, an environment variable.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    /// <summary>Creates a parameter.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="callback">Finds its value, given what it is when nobody has given one.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _value = new(() => callback(Default));
        Secret = secret;
    }

    /// <summary>What it is when nobody has given a value; null if one must be given.</summary>
    public ParameterDefault? Default { get; set; }

    /// <summary>Whether it must not be shown.</summary>
    public bool Secret { get; }

    /// <summary>Whether it is a connection string, given under <c>ConnectionStrings</c>.</summary>
    public bool IsConnectionString { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <inheritdoc />
    public string ValueExpression => IsConnectionString ? $"{{{Name}.connectionString}}" : $"{{{Name}.value}}";

    /// <summary>Its value.</summary>
    /// <exception cref="MissingParameterValueException">There is none.</exception>
    internal string ValueInternal => _value.Value;

    /// <inheritdoc />
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);
}
