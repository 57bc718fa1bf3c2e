namespace Aspire.Hosting.ApplicationModel;

/// <summary>Changes the addresses that the dashboard shows for a resource, once its endpoints are known.</summary>
public sealed class ResourceUrlsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Changes the addresses.</summary>
    /// <param name="callback">Changes the addresses known so far.</param>
    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Changes the addresses.</summary>
    /// <param name="callback">Changes the addresses known so far.</param>
    public ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Changes the addresses known so far.</summary>
    public Func<ResourceUrlsCallbackContext, Task> Callback { get; }
}
