using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Names volumes, so that two applications on one machine don't share one.</summary>
public static class VolumeNameGenerator
{
    private const int HashLength = 10;

    /// <summary>Names a volume by the application, the resource and what it is for.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="suffix">What it is for.</param>
    /// <returns>The name.</returns>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(suffix);
        var application = string.Concat(builder.ApplicationBuilder.Environment.ApplicationName.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).TrimStart('_');
        var hash = builder.ApplicationBuilder.Configuration["AppHost:Sha256"] is { Length: >= HashLength } sha ? sha[..HashLength].ToLowerInvariant() : "0";
        return $"{application}-{hash}-{builder.Resource.Name}-{suffix}";
    }
}
