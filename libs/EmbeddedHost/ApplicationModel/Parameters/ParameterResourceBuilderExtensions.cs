using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares parameters and connection strings.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is given as <c>Parameters:name</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false) =>
        Add(builder, name, $"Parameters:{name}", null, secret, isKept: false);

    /// <summary>Adds a parameter with a value of its own, unless another is given as <c>Parameters:name</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="publishValueAsDefault">Whether the value is published.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string value, bool publishValueAsDefault = false, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(builder, name, $"Parameters:{name}", new ConstantDefault(value), secret, isKept: false);
    }

    /// <summary>Adds a parameter with a value that is made up unless one is given as <c>Parameters:name</c>.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Makes the value up.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <param name="persist">Whether a value that was made up is kept in the user secrets, for the next run.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Add(builder, name, $"Parameters:{name}", value, secret, persist);
    }

    /// <summary>Adds a parameter whose value is read from a configuration key.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="configurationKey">The key.</param>
    /// <param name="secret">Whether it must not be shown.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string configurationKey, bool secret = false) =>
        Add(builder, name, configurationKey, null, secret, isKept: false);

    /// <summary>Makes a secret parameter whose value is a password that is made up, and kept in the user secrets for the next run. It is not added.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="lower">Whether lower case letters may be in it.</param>
    /// <param name="upper">Whether upper case letters may be in it.</param>
    /// <param name="numeric">Whether digits may be in it.</param>
    /// <param name="special">Whether marks may be in it.</param>
    /// <param name="minLower">How many lower case letters are in it at least.</param>
    /// <param name="minUpper">How many upper case letters are in it at least.</param>
    /// <param name="minNumeric">How many digits are in it at least.</param>
    /// <param name="minSpecial">How many marks are in it at least.</param>
    /// <returns>The parameter.</returns>
    public static ParameterResource CreateDefaultPasswordParameter(
        IDistributedApplicationBuilder builder,
        string name,
        bool lower = true,
        bool upper = true,
        bool numeric = true,
        bool special = true,
        int minLower = 0,
        int minUpper = 0,
        int minNumeric = 0,
        int minSpecial = 0)
    {
        const int Length = 22; // 128 bits and a few more.
        var password = new GenerateParameterDefault
        {
            MinLength = Length,
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        };
        return Create(builder, name, $"Parameters:{name}", password, secret: true, isKept: true);
    }

    private static IResourceBuilder<ParameterResource> Add(IDistributedApplicationBuilder builder, string name, string key, ParameterDefault? value, bool secret, bool isKept) =>
        builder.AddResource(Create(builder, name, key, value, secret, isKept));

    private static ParameterResource Create(IDistributedApplicationBuilder builder, string name, string key, ParameterDefault? value, bool secret, bool isKept)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return new(name, given => Find(builder, name, key, given, isKept), secret) { Default = value };
    }

    private static string Find(IDistributedApplicationBuilder builder, string name, string key, ParameterDefault? value, bool isKept)
    {
        if (builder.Configuration[key] is { } configured)
        {
            return configured;
        }

        if (value is null)
        {
            throw new MissingParameterValueException(
                $"Parameter '{name}' has no value. Set it with 'dotnet user-secrets set {key} VALUE --project {builder.AppHostDirectory}' or the environment variable {key.Replace(":", "__", StringComparison.Ordinal)}.");
        }

        var made = value.GetDefaultValue();
        if (isKept && builder is DistributedApplicationBuilder { UserSecretsManager: var secrets })
        {
            secrets.TrySetSecret(key, made);
        }

        return made;
    }

    private sealed class ConstantDefault(string value) : ParameterDefault
    {
        public override string GetDefaultValue() => value;
    }
}
