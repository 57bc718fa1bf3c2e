using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Says how a resource's image is built. Later ones on a resource change what earlier ones said.</summary>
[Experimental("ASPIREPIPELINES003")]
public class ContainerBuildOptionsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Says it and awaits something.</summary>
    /// <param name="callback">Says it.</param>
    public ContainerBuildOptionsCallbackAnnotation(Func<ContainerBuildOptionsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Says it.</summary>
    /// <param name="callback">Says it.</param>
    public ContainerBuildOptionsCallbackAnnotation(Action<ContainerBuildOptionsCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Says it.</summary>
    public Func<ContainerBuildOptionsCallbackContext, Task> Callback { get; }
}
