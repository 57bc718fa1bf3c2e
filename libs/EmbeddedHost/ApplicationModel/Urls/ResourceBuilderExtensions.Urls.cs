using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes the addresses that the dashboard shows, once the endpoints are known.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes the addresses known so far.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Action<ResourceUrlsCallbackContext> callback) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));
    }

    /// <summary>Changes the addresses that the dashboard shows, once the endpoints are known.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes the addresses known so far.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrls<T>(this IResourceBuilder<T> builder, Func<ResourceUrlsCallbackContext, Task> callback) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));
    }

    /// <summary>Shows an address in the dashboard. A relative one changes those of the endpoints instead.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="url">The address.</param>
    /// <param name="displayText">What is shown instead of it.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, string url, string? displayText = null) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(url);
        if (!Uri.TryCreate(url, UriKind.Relative, out var relative))
        {
            return builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });
        }

        return builder.WithUrls(context =>
        {
            foreach (var shown in context.Urls)
            {
                if (Uri.TryCreate(shown.Url, UriKind.Absolute, out var absolute))
                {
                    shown.Url = new Uri(absolute, relative).ToString();
                    shown.DisplayText = displayText ?? shown.DisplayText;
                }
            }
        });
    }

    /// <summary>Shows an address in the dashboard.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="url">The address.</param>
    /// <param name="displayText">What is shown instead of it.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, in ReferenceExpression.ExpressionInterpolatedStringHandler url, string? displayText = null)
        where T : IResource => builder.WithUrl(url.Build(), displayText);

    /// <summary>Shows an address in the dashboard.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="url">The address.</param>
    /// <param name="displayText">What is shown instead of it.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrl<T>(this IResourceBuilder<T> builder, ReferenceExpression url, string? displayText = null) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(url);
        return builder.WithUrls(async context =>
        {
            if (await url.GetValueAsync(context.CancellationToken).ConfigureAwait(false) is { Length: > 0 } value)
            {
                context.Urls.Add(new() { Url = value, DisplayText = displayText, Endpoint = url.ValueProviders.OfType<EndpointReference>().FirstOrDefault() });
            }
        });
    }

    /// <summary>Changes the address that is shown for an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="callback">What to change.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback) where T : IResource
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithUrls(context =>
        {
            if (context.Urls.FirstOrDefault(u => u.Endpoint?.EndpointName == endpointName) is { } url)
            {
                callback(url);
            }
            else
            {
                WarnOfMissingEndpoint(context, endpointName);
            }
        });
    }

    /// <summary>Shows another address for an endpoint.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The endpoint.</param>
    /// <param name="callback">Makes the address.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Func<EndpointReference, ResourceUrlAnnotation> callback)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithUrls(context =>
        {
            if (builder.GetEndpoint(endpointName) is { Exists: true } endpoint)
            {
                context.Urls.Add(callback(endpoint).For(endpoint));
            }
            else
            {
                WarnOfMissingEndpoint(context, endpointName);
            }
        });
    }

    private static void WarnOfMissingEndpoint(ResourceUrlsCallbackContext context, string endpointName) =>
        context.Logger.LogWarning("'{Resource}' has no endpoint '{Endpoint}', so its address was left as it is.", context.Resource.Name, endpointName);
}
