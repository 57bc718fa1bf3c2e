using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Publishing;

/// <summary>Finds the container engine of this machine.</summary>
[Experimental("ASPIRECONTAINERRUNTIME001")]
public interface IContainerRuntimeResolver
{
    /// <summary>Finds it: the configured one, else Docker, else Podman.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The engine; it need not answer.</returns>
    /// <exception cref="DistributedApplicationException">None is installed.</exception>
    Task<IContainerRuntime> ResolveAsync(CancellationToken cancellationToken = default);
}
