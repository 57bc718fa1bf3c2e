using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares executables.</summary>
public static class ExecutableResourceBuilderExtensions
{
    /// <summary>Adds a program that runs as a process.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program: a name found on the path, or a path.</param>
    /// <param name="workingDirectory">The directory that it runs in, relative to the AppHost's.</param>
    /// <param name="args">The command line arguments.</param>
    /// <returns>The executable.</returns>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string command,
        string workingDirectory,
        params string[]? args) => builder.AddExecutable(name, command, workingDirectory, args?.Cast<object>().ToArray());

    /// <summary>Adds a program that runs as a process.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program: a name found on the path, or a path.</param>
    /// <param name="workingDirectory">The directory that it runs in, relative to the AppHost's.</param>
    /// <param name="args">The command line arguments: strings, or objects whose value is found out later, such as endpoints and parameters.</param>
    /// <returns>The executable.</returns>
    public static IResourceBuilder<ExecutableResource> AddExecutable(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string command,
        string workingDirectory,
        params object[]? args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        var added = builder.AddResource(new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory)));
        return args is { Length: > 0 } ? added.WithArgs(args) : added;
    }

    /// <summary>Changes the program.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The executable.</param>
    /// <param name="command">The program.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command) where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(command);
        return builder.Change(command, builder.Resource.WorkingDirectory);
    }

    /// <summary>Changes the directory that the program runs in.</summary>
    /// <typeparam name="T">The resource's type.</typeparam>
    /// <param name="builder">The executable.</param>
    /// <param name="workingDirectory">The directory, relative to the AppHost's.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory) where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        return builder.Change(builder.Resource.Command, Path.GetFullPath(workingDirectory, builder.ApplicationBuilder.AppHostDirectory));
    }

    private static IResourceBuilder<T> Change<T>(this IResourceBuilder<T> builder, string command, string workingDirectory) where T : ExecutableResource =>
        builder.WithAnnotation(new ExecutableAnnotation { Command = command, WorkingDirectory = workingDirectory }, ResourceAnnotationMutationBehavior.Replace);
}
