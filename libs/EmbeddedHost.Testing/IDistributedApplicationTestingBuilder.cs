namespace Aspire.Hosting.Testing;

/// <summary>Declares an application that a test runs: what the AppHost declared, and what the test adds.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Builds the application. It does not run yet.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The application; the test stops it by disposing of it, or of this builder.</returns>
    /// <exception cref="DistributedApplicationException">The declaration is wrong; the message says what.</exception>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
