using System.Reflection;
using Aspire.Hosting;

namespace AspireDeploy.Local.Gateways;

/// <summary>The gateway's program, which comes with this library: a framework-dependent one, started by <c>dotnet</c>.</summary>
/// <remarks>Where it is, <c>build/AspireDeploy.Hosting.targets</c> writes into the AppHost's assembly, as Aspire's SDK does with its
/// orchestrator.</remarks>
/// <param name="path">The program.</param>
internal sealed class GatewayProgram(string path) : IProjectMetadata
{
    private const string Key = "AspireDeploy.GatewayPath";

    /// <inheritdoc/>
    public string ProjectPath => path;

    /// <summary>Finds the program that an AppHost was built with.</summary>
    /// <param name="appHost">The AppHost's assembly.</param>
    /// <param name="resource">The gateway's name, for the message.</param>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    internal static GatewayProgram Find(Assembly? appHost, string resource)
    {
        var program = appHost
            ?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static metadata => metadata.Key == Key)
            ?.Value;
        if (program is null)
        {
            throw DeclarationMistake.At(
                resource,
                "the program of AddGateway comes with the package AspireDeploy.Hosting, and "
                    + $"{appHost?.GetName().Name ?? "the AppHost"} was built without the package's "
                    + "build files; build the AppHost with Aspire.AppHost.Sdk and without ExcludeAssets=\"build\", or name a "
                    + "project of your own with AddGateway<Projects.…>"
            );
        }

        return File.Exists(program)
            ? new(program)
            : throw DeclarationMistake.At(resource, $"the program of AddGateway is no longer at {program}; build the AppHost again");
    }

    /// <summary>Gets what stands for it where nothing is started.</summary>
    internal static GatewayProgram Published { get; } = new("AspireDeploy.Gateway.dll");
}
