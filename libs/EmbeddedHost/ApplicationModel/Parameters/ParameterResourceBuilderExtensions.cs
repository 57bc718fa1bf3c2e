using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>Declares parameters and connection strings that come from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>Adds a parameter whose value is <c>Parameters:NAME</c> of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether the value is secret.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, [ResourceName] string name, bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(CreateParameter(builder, name, secret));
    }

    /// <summary>Adds a parameter with a value.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The value.</param>
    /// <param name="publishValueAsDefault">Whether the value is published as the default.</param>
    /// <param name="secret">Whether the value is secret.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string value,
        bool publishValueAsDefault = false,
        bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        return builder.AddParameter(name, () => value, publishValueAsDefault, secret);
    }

    /// <summary>Adds a parameter with a value that is asked for when it is needed.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="valueGetter">Gives the value.</param>
    /// <param name="publishValueAsDefault">Whether the value is published as the default.</param>
    /// <param name="secret">Whether the value is secret.</param>
    /// <returns>The parameter.</returns>
    /// <exception cref="ArgumentException">A secret is to be published.</exception>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<string> valueGetter,
        bool publishValueAsDefault = false,
        bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(valueGetter);
        if (publishValueAsDefault && secret)
        {
            throw new ArgumentException($"Parameter '{name}' is secret, so its value must not be published.", nameof(secret));
        }

        return builder.Add(new ParameterResource(name, fallback => fallback is null ? valueGetter() : fallback.GetDefaultValue(), secret)
        {
            Default = publishValueAsDefault ? new ConstantParameterDefault(valueGetter) : null,
        });
    }

    /// <summary>Adds a parameter with a default.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Gives the value if the configuration has none.</param>
    /// <param name="secret">Whether the value is secret.</param>
    /// <param name="persist">Whether the default is kept in the user secrets, so that the next run has the same.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(value);
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = persist ? Kept(builder, parameter, value) : value;
        return builder.Add(parameter);
    }

    /// <summary>Adds a parameter whose value is under another key of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="configurationKey">The key, such as <c>Payments:ApiKey</c>.</param>
    /// <param name="secret">Whether the value is secret.</param>
    /// <returns>The parameter.</returns>
    public static IResourceBuilder<ParameterResource> AddParameterFromConfiguration(
        this IDistributedApplicationBuilder builder,
        string name,
        string configurationKey,
        bool secret = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configurationKey);
        return builder.Add(new ParameterResource(name, fallback => ParameterValue.Read(builder.Configuration, configurationKey, name, fallback), secret)
        {
            ConfigurationKey = configurationKey,
        });
    }

    /// <summary>Says what a parameter is for.</summary>
    /// <param name="builder">The parameter.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="enableMarkdown">Whether that is Markdown.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<ParameterResource> WithDescription(this IResourceBuilder<ParameterResource> builder, string description, bool enableMarkdown = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(description);
        builder.Resource.Description = description;
        builder.Resource.EnableDescriptionMarkdown = enableMarkdown;
        return builder;
    }

    /// <summary>Adds a connection string, which is <c>ConnectionStrings:NAME</c> of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">Its name.</param>
    /// <param name="environmentVariableName">The environment variable that references set; <c>ConnectionStrings__NAME</c> if null.</param>
    /// <returns>The connection string.</returns>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string? environmentVariableName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new ConnectionStringParameterResource(
            name,
            _ => builder.Configuration.GetConnectionString(name) ?? throw ParameterValue.Missing(name, $"ConnectionStrings:{name}"),
            environmentVariableName));
    }

    /// <summary>Makes a parameter, without adding it, whose value is <c>Parameters:NAME</c> of the configuration.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether the value is secret.</param>
    /// <returns>The parameter.</returns>
    public static ParameterResource CreateParameter(IDistributedApplicationBuilder builder, string name, bool secret)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        return new(name, fallback => ParameterValue.Read(builder.Configuration, $"Parameters:{name}", name, fallback), secret);
    }

    /// <summary>Makes a parameter, without adding it, with a password that is generated and kept in the user secrets.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="lower">Whether it may have lower-case letters.</param>
    /// <param name="upper">Whether it may have upper-case letters.</param>
    /// <param name="numeric">Whether it may have digits.</param>
    /// <param name="special">Whether it may have signs.</param>
    /// <param name="minLower">How many lower-case letters it has at least.</param>
    /// <param name="minUpper">How many upper-case letters it has at least.</param>
    /// <param name="minNumeric">How many digits it has at least.</param>
    /// <param name="minSpecial">How many signs it has at least.</param>
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
        int minSpecial = 0) => CreateGeneratedParameter(builder, name, secret: true, new()
        {
            Lower = lower,
            Upper = upper,
            Numeric = numeric,
            Special = special,
            MinLower = minLower,
            MinUpper = minUpper,
            MinNumeric = minNumeric,
            MinSpecial = minSpecial,
        });

    /// <summary>Makes a parameter, without adding it, with a value that is generated and kept in the user secrets.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="secret">Whether the value is secret.</param>
    /// <param name="parameterDefault">Generates it.</param>
    /// <returns>The parameter.</returns>
    public static ParameterResource CreateGeneratedParameter(IDistributedApplicationBuilder builder, string name, bool secret, GenerateParameterDefault parameterDefault)
    {
        ArgumentNullException.ThrowIfNull(parameterDefault);
        var parameter = CreateParameter(builder, name, secret);
        parameter.Default = Kept(builder, parameter, parameterDefault);
        return parameter;
    }

    private static ParameterDefault Kept(IDistributedApplicationBuilder builder, ParameterResource parameter, ParameterDefault value) =>
        builder.ExecutionContext.IsRunMode ? new KeptParameterDefault(parameter.ConfigurationKey, value, builder.UserSecretsManager) : value;

    private static IResourceBuilder<T> Add<T>(this IDistributedApplicationBuilder builder, T parameter) where T : ParameterResource =>
        builder.AddResource(parameter).WithInitialState(new()
        {
            ResourceType = "Parameter",
            Properties = [new(CustomResourceKnownProperties.Source, parameter.ConfigurationKey)],
            State = KnownResourceStates.Waiting,
        });
}
