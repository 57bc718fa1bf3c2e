using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Tests.Concepts;

/// <summary>A declaration to try concepts on.</summary>
internal static class Declared
{
    internal static IDistributedApplicationBuilder Application() => DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    internal static IResourceBuilder<ContainerResource> Container(string name = "api") => Application().AddContainer(name, "example/api", "1");

    internal static IResourceBuilder<ProjectResource> Project(this IDistributedApplicationBuilder builder, string name) => builder.AddResource(new ProjectResource(name));

    internal static string[] Mistakes(this IDistributedApplicationBuilder builder) =>
        [.. DeclarationRules.Check(new DistributedApplicationModel(builder.Resources)).Select(static error => error.ToString())];

    internal static string Refusal(Action declare) => Assert.Throws<DistributedApplicationException>(declare).Message;

    internal sealed class EdgeProject : IProjectMetadata
    {
        public string ProjectPath => "Edge/Edge.csproj";
    }
}
