using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy.Bench.Publish;

/// <summary>
/// A declaration of many workloads, each of which refers to the one before it and waits for it, published to every target.
/// </summary>
internal static class ManyWorkloads
{
    /// <summary>Gets the first argument that makes this program such an AppHost.</summary>
    internal const string Verb = "many";

    /// <summary>Returns the arguments of an AppHost with a number of workloads.</summary>
    internal static string[] Arguments(int count) => [Verb, count.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Declares them and does what the rest of the command line says.</summary>
    internal static void Run(int count, string[] args)
    {
        var builder = DistributedApplication.CreateBuilder(args);
        IResourceBuilder<ContainerResource>? before = null;
        for (var i = 0; i < count; i++)
        {
            var workload = builder
                .AddContainer($"w{i.ToString(CultureInfo.InvariantCulture)}", "nginx", "1.29")
                .WithHttpEndpoint(targetPort: 80)
                .WithEnvironment("NUMBER", i.ToString(CultureInfo.InvariantCulture));
            if (before is not null)
            {
                workload.WithReference(before.GetEndpoint("http")).WaitFor(before);
            }

            before = workload;
        }

        builder.AddDockerComposeTarget();
        builder.AddDockerSwarmTarget();
        builder.AddKubernetesTarget().WithPodSecurity(PodSecurity.Baseline);
        builder.AddNomadTarget().WithClientNetwork("private");
        builder.AddAzureContainerAppsTarget();
        builder.Build().Run();
    }
}
