using Aspire.Hosting.Tools;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dcp;

/// <summary>Which DCP is started, and on what containers it runs.</summary>
internal sealed class DcpSettings(IConfiguration configuration)
{
    /// <summary><c>docker</c> or <c>podman</c>; what DCP finds if null.</summary>
    public string? ContainerRuntime => configuration["DcpPublisher:ContainerRuntime"] ?? configuration["ASPIRE_CONTAINER_RUNTIME"] ?? configuration["DOTNET_ASPIRE_CONTAINER_RUNTIME"];

    public ToolSearch<DcpTool> Search()
    {
        var environment = ToolEnvironment.ForProcess(name => configuration[name]);
        return DcpLocator.Find(environment, ToolCache.In(environment));
    }

    /// <exception cref="DistributedApplicationException">There is none; the message says what mends it.</exception>
    public string FindDcp()
    {
        var search = Search();
        return search.IsFound ? search.Tool.ExecutablePath : throw new DistributedApplicationException(search.Error);
    }
}
