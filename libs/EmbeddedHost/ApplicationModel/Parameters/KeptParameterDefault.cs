using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A default that is kept in the user secrets when it is made, so that the next run finds it in the configuration.</summary>
internal sealed class KeptParameterDefault(string configurationKey, ParameterDefault inner, IUserSecretsManager secrets) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var value = inner.GetDefaultValue();
        secrets.TrySetSecret(configurationKey, value);
        return value;
    }

    public override void WriteToManifest(ManifestPublishingContext context) => inner.WriteToManifest(context);
}
