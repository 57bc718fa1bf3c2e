using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Tests.Reading;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Resources of each kind, and what says whether they are deployed.</summary>
internal static class Programs
{
    internal static IReadOnlyList<Declaration> All { get; } =
    [
        new("container", static builder => builder.AddContainer("web", "docker.io/library/nginx", "1.29").WithHttpEndpoint(targetPort: 80)),
        new("container-entrypoint", static builder =>
            builder.AddContainer("web", "example/web", "1").WithEntrypoint("/bin/serve").WithArgs("--port", "80", "it's $HOME")
        ),
        new("container-of-a-digest", static builder => builder.AddContainer("web", "example/web").WithImageSHA256(new string('a', 64))),
        new("container-unpinned", static builder => builder.AddContainer("web", "ghcr.io/example/web")),
        new("project", static builder => builder.AddProject<Planned.Web>("api")),
        new("project-worker", static builder => builder.AddProject<Planned.Worker>("worker")),
        new("project-with-our-defaults", static builder =>
            builder.AddProject<Planned.Web>("api").WithServiceDefaults().WithHttpHealthCheck("/health")
        ),
        new("dockerfile", static builder => builder.AddDockerfile("web", "/shop/web").WithHttpEndpoint(targetPort: 3000))
        {
            Solution = new Planned().File("/shop/web/Dockerfile", "FROM scratch"),
        },
        new("dockerfile-that-isnt-there", static builder => builder.AddDockerfile("web", "/shop/web"))
        {
            Solution = new Planned().File("/shop/web/index.html", ""),
        },
        new("dockerfile-of-no-folder", static builder => builder.AddDockerfile("web", "/shop/web")),
        new("publish-as-dockerfile", static builder =>
            builder.AddExecutable("web", "npm", "/shop/web", "run", "dev").WithHttpEndpoint(env: "PORT").PublishAsDockerFile()
        )
        {
            Solution = new Planned().File("/shop/web/Dockerfile", "FROM node"),
        },
        new("executable", static builder => builder.AddExecutable("watch", "npm", "/shop/web", "run", "watch")),
        new("explicit-start", static builder => builder.AddContainer("seed", "example/seed", "1").WithExplicitStart()),
        new("excluded-from-manifest", static builder => builder.AddContainer("mail", "example/mail", "1").ExcludeFromManifest()),
        new("compute-environment-of-others", static builder =>
            builder.AddContainer("web", "example/web", "1").WithComputeEnvironment(builder.AddResource(new Elsewhere("elsewhere")))
        ),
        new("annotation-of-others", static builder => builder.AddContainer("web", "example/web", "1").WithAnnotation(new Shade())),
        new("container-name", static builder => builder.AddContainer("web", "example/web", "1").WithContainerName("my-web")),
        new("container-runtime-args", static builder =>
            builder.AddContainer("web", "example/web", "1").WithContainerRuntimeArgs("--shm-size", "1g")
        ),
        new("container-network-alias", static builder => builder.AddContainer("web", "example/web", "1").WithContainerNetworkAlias("www")),
        new("container-registry", static builder =>
            builder
                .AddContainer("web", "example/web", "1")
                .WithContainerRegistry(builder.AddContainerRegistry("registry", "ghcr.io", "acme"))
        ),
        new("persistent-lifetime", static builder =>
            builder.AddContainer("web", "example/web", "1").WithLifetime(ContainerLifetime.Persistent)
        ),
    ];

    private sealed class Shade : IResourceAnnotation;

    private sealed class Elsewhere(string name) : Resource(name), IComputeEnvironmentResource;
}
