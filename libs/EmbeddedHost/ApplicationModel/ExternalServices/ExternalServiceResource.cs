using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service that others run, reached at an address.</summary>
public sealed class ExternalServiceResource : Resource
{
    /// <summary>Creates a service at a known address.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="uri">The address: absolute, with <c>/</c> as its path, without query and fragment.</param>
    /// <exception cref="ArgumentException">The address is not like that.</exception>
    public ExternalServiceResource(string name, Uri uri) : base(name)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (Flaw(uri) is { } flaw)
        {
            throw new ArgumentException($"External service '{name}' can't be at '{uri}': {flaw}.", nameof(uri));
        }

        Uri = uri;
    }

    /// <summary>Creates a service whose address is a parameter.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="urlParameter">The parameter.</param>
    public ExternalServiceResource(string name, ParameterResource urlParameter) : base(name)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        UrlParameter = urlParameter;
    }

    /// <summary>The address; null if it is a parameter.</summary>
    public Uri? Uri { get; }

    /// <summary>The parameter; null if the address is known.</summary>
    public ParameterResource? UrlParameter { get; }

    /// <summary>What an environment variable is set to.</summary>
    internal object Url => Uri is { } uri ? uri.ToString() : UrlParameter!;

    /// <summary>The address; null if it is a parameter and the application is published.</summary>
    /// <exception cref="DistributedApplicationException">The parameter's value is no such address.</exception>
    internal async ValueTask<Uri?> CheckedUrlAsync(EnvironmentCallbackContext context) =>
        UrlParameter is not null && context.ExecutionContext.IsPublishMode ? null : await CheckedUrlAsync(context.CancellationToken).ConfigureAwait(false);

    /// <exception cref="DistributedApplicationException">The parameter's value is no such address.</exception>
    internal async ValueTask<Uri> CheckedUrlAsync(CancellationToken cancellationToken)
    {
        if (Uri is { } known)
        {
            return known;
        }

        var value = await UrlParameter!.GetValueAsync(cancellationToken).ConfigureAwait(false);
        if (!TryParse(value, out var uri, out var flaw))
        {
            throw new DistributedApplicationException($"External service '{Name}' can't be at '{value}', the value of parameter '{UrlParameter.Name}': {flaw}.");
        }

        return uri;
    }

    private static bool TryParse(string? value, [NotNullWhen(true)] out Uri? uri, out string? flaw)
    {
        flaw = Uri.TryCreate(value, UriKind.Absolute, out uri) ? Flaw(uri) : "it is no absolute address";
        return flaw is null;
    }

    private static string? Flaw(Uri uri) =>
        !uri.IsAbsoluteUri ? "it must be absolute" : uri.AbsolutePath != "/" ? "its path must be '/'" : uri.Query.Length > 0 ? "it must have no query"
        : uri.Fragment.Length > 0 ? "it must have no fragment" : null;
}
