using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Names volumes so that those of two AppHosts on one machine don't meet.</summary>
public static class VolumeNameGenerator
{
    /// <summary>The name: <c>APPLICATION-HASH-RESOURCE-SUFFIX</c>, with the first ten digits of the hash of the AppHost's path.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="suffix">What the volume is for, such as <c>data</c>.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">The suffix has other characters than ASCII letters, digits, <c>_</c>, <c>.</c> and <c>-</c>.</exception>
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(suffix);
        if (Safe(suffix) != suffix)
        {
            throw new ArgumentException($"'{suffix}' can't end a volume's name: ASCII letters, digits, '_', '.' and '-' are allowed, and a letter or digit comes first.", nameof(suffix));
        }

        var application = builder.ApplicationBuilder;
        var hash = application.Configuration["AppHost:Sha256"] ?? throw new InvalidOperationException("The configuration lacks 'AppHost:Sha256'.");
        return $"{Safe(application.Environment.ApplicationName).ToLowerInvariant()}-{hash[..10].ToLowerInvariant()}-{builder.Resource.Name}-{suffix}";
    }

    private static string Safe(string name) =>
        new([.. name.Select((c, i) => char.IsAsciiLetterOrDigit(c) || (i > 0 && c is '_' or '.' or '-') ? c : '_')]);
}
