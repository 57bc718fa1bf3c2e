using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Tests.Concepts;

/// <summary>A declaration to try concepts on.</summary>
internal static class Declared
{
    internal static IDistributedApplicationBuilder Application() =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    internal static IResourceBuilder<ContainerResource> Container(string name = "api") =>
        Application().AddContainer(name, "example/api", "1");

    internal static IResourceBuilder<ProjectResource> Project(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new ProjectResource(name));

    /// <summary>Has a target's images pushed to a registry.</summary>
    internal static IResourceBuilder<T> PushedTo<T>(this IResourceBuilder<T> target, string endpoint, string? repository = null)
        where T : AspireDeploy.Targets.TargetResource =>
        target.WithContainerRegistry(
            target.ApplicationBuilder.AddContainerRegistry($"registry-of-{target.Resource.Name}", endpoint, repository)
        );

    internal static string[] Mistakes(this IDistributedApplicationBuilder builder) =>
        [.. DeclarationRules.Check(new DistributedApplicationModel(builder.Resources)).Select(static error => error.ToString())];

    internal static string Refusal(Action declare) => Assert.Throws<DistributedApplicationException>(declare).Message;

    internal sealed class GatewayProject : IProjectMetadata
    {
        public string ProjectPath => "Gateway/Gateway.csproj";
    }
}
