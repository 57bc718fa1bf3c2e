namespace Aspire.Hosting.ApplicationModel;

/// <summary>Sets environment variables of a resource when it starts.</summary>
public class EnvironmentCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Sets one variable.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="callback">Gives its value.</param>
    public EnvironmentCallbackAnnotation(string name, Func<string> callback)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            context.EnvironmentVariables[name] = callback();
            return Task.CompletedTask;
        };
    }

    /// <summary>Sets variables.</summary>
    /// <param name="callback">Changes the variables set so far.</param>
    public EnvironmentCallbackAnnotation(Action<Dictionary<string, object>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context.EnvironmentVariables);
            return Task.CompletedTask;
        };
    }

    /// <summary>Sets variables.</summary>
    /// <param name="callback">Changes the variables set so far.</param>
    public EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Sets variables.</summary>
    /// <param name="callback">Changes the variables set so far.</param>
    public EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>Changes the variables set so far.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; }
}
