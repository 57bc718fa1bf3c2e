using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Declares projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project with the AppHost's own launch profile, or its first that fits.</summary>
    /// <typeparam name="TProject">The project: a class of the namespace <c>Projects</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, _ => { });

    /// <summary>Adds a project with a launch profile.</summary>
    /// <typeparam name="TProject">The project: a class of the namespace <c>Projects</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="launchProfileName">The launch profile; none if null.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string? launchProfileName) where TProject : IProjectMetadata, new() => builder.AddProject<TProject>(name, With(launchProfileName));

    /// <summary>Adds a project.</summary>
    /// <typeparam name="TProject">The project: a class of the namespace <c>Projects</c>.</typeparam>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="configure">Sets how.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        Action<ProjectResourceOptions> configure) where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), configure);

    /// <summary>Adds a project by its path with the AppHost's own launch profile, or its first that fits.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project's file or directory, relative to the AppHost's.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath) =>
        builder.AddProject(name, projectPath, _ => { });

    /// <summary>Adds a project by its path with a launch profile.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project's file or directory, relative to the AppHost's.</param>
    /// <param name="launchProfileName">The launch profile; none if null.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string projectPath,
        string? launchProfileName) => builder.AddProject(name, projectPath, With(launchProfileName));

    /// <summary>Adds a project by its path.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name.</param>
    /// <param name="projectPath">The project's file or directory, relative to the AppHost's.</param>
    /// <param name="configure">Sets how.</param>
    /// <returns>The project.</returns>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string projectPath,
        Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(projectPath);
        return builder.Add(name, ProjectPath.Of(builder.AppHostDirectory, projectPath), configure);
    }

    /// <summary>Runs the project as several processes behind the same endpoints.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">How many.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentOutOfRangeException.ThrowIfNegative(replicas);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas));
    }

    /// <summary>Does not tell the deployed project to trust forwarded headers.</summary>
    /// <param name="builder">The project.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation<DisableForwardedHeadersAnnotation>(ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Leaves endpoints out of the variables that tell the project what to listen on.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="filter">Whether an endpoint stays in.</param>
    /// <returns>The builder.</returns>
    public static IResourceBuilder<ProjectResource> WithEndpointsInEnvironment(this IResourceBuilder<ProjectResource> builder, Func<EndpointAnnotation, bool> filter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(filter);
        return builder.WithAnnotation(new EndpointEnvironmentFilterAnnotation(filter));
    }

    private static Action<ProjectResourceOptions> With(string? launchProfileName) => options =>
    {
        options.ExcludeLaunchProfile = launchProfileName is null;
        options.LaunchProfileName = launchProfileName;
    };

    private static IResourceBuilder<ProjectResource> Add(
        this IDistributedApplicationBuilder builder,
        string name,
        IProjectMetadata project,
        Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        var added = builder.AddResource(new ProjectResource(name)).WithAnnotation(project);
        ProjectDefaults.Apply(added, options);
        return added;
    }
}
