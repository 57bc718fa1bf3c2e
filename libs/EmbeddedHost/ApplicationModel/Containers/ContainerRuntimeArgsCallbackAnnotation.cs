namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds arguments for the container engine, such as those of <c>docker run</c>.</summary>
public sealed class ContainerRuntimeArgsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Adds arguments.</summary>
    /// <param name="callback">Changes the arguments added so far.</param>
    public ContainerRuntimeArgsCallbackAnnotation(Func<ContainerRuntimeArgsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Adds arguments.</summary>
    /// <param name="callback">Changes the arguments added so far.</param>
    public ContainerRuntimeArgsCallbackAnnotation(Action<IList<object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        };
    }

    /// <summary>Changes the arguments added so far.</summary>
    public Func<ContainerRuntimeArgsCallbackContext, Task> Callback { get; }
}
