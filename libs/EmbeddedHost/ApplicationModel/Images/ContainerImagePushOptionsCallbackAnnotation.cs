using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says what a resource's image is called in a registry. Later ones on a resource change what earlier ones said.</summary>
[Experimental("ASPIREPIPELINES003")]
public class ContainerImagePushOptionsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Says it and awaits something.</summary>
    /// <param name="callback">Says it.</param>
    public ContainerImagePushOptionsCallbackAnnotation(Func<ContainerImagePushOptionsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Says it.</summary>
    /// <param name="callback">Says it.</param>
    public ContainerImagePushOptionsCallbackAnnotation(Action<ContainerImagePushOptionsCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Says it.</summary>
    public Func<ContainerImagePushOptionsCallbackContext, Task> Callback { get; }
}
