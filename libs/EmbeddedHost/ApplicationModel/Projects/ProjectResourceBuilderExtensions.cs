using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project that the AppHost references.</summary>
    /// <typeparam name="TProject">The project, such as <c>Projects.Api</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), new());

    /// <summary>Adds a project that the AppHost references.</summary>
    /// <typeparam name="TProject">The project, such as <c>Projects.Api</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="launchProfileName">The profile that it is launched by; none if null.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Options(launchProfileName));

    /// <summary>Adds a project that the AppHost references.</summary>
    /// <typeparam name="TProject">The project, such as <c>Projects.Api</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="configure">Says how it is launched.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Options(configure));

    /// <summary>Adds a project by its path.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project's file, absolute or relative to the AppHost's directory.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath) =>
        Add(builder, name, At(builder, projectPath), new());

    /// <summary>Adds a project by its path.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project's file, absolute or relative to the AppHost's directory.</param>
    /// <param name="launchProfileName">The profile that it is launched by; none if null.</param>
    /// <returns>A builder to declare more about it.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, string? launchProfileName) =>
        Add(builder, name, At(builder, projectPath), Options(launchProfileName));

    /// <summary>Sets how many instances of a project run, each a process of its own, behind its endpoints.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">How many.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    private static IResourceBuilder<ProjectResource> Add(IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        if (options.ExcludeLaunchProfile)
        {
            project.WithAnnotation(new ExcludeLaunchProfileAnnotation());
        }
        else if (options.LaunchProfileName is { } profile)
        {
            project.WithAnnotation(new LaunchProfileAnnotation(profile));
        }
        else if (builder.Configuration["DOTNET_LAUNCH_PROFILE"] is { Length: > 0 } own)
        {
            project.WithAnnotation(new DefaultLaunchProfileAnnotation(own));
        }

        return ProjectDefaults.AddTo(project);
    }

    private static ProjectPathMetadata At(IDistributedApplicationBuilder builder, string projectPath)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(projectPath);
        return new(Path.GetFullPath(projectPath, builder.AppHostDirectory));
    }

    private static ProjectResourceOptions Options(string? launchProfileName) => new() { LaunchProfileName = launchProfileName, ExcludeLaunchProfile = launchProfileName is null };

    private static ProjectResourceOptions Options(Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }
}
