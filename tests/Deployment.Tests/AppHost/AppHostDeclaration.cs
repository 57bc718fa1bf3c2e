using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using AspireDeploy.Model;
using AspireDeploy.Publishing;
using AspireDeploy.Targets;
using Microsoft.Extensions.DependencyInjection;

namespace AspireDeploy.Tests.AppHost;

/// <summary>
/// Describes what <c>AppHost/Program.cs</c> declares, as its own <c>Main</c> does when it is told to publish: a class fixture, since that
/// is made once.
/// </summary>
public sealed class AppHostDeclaration : IAsyncLifetime
{
    /// <summary>Gets or sets its plan, as version 1.0.0.</summary>
    internal DeploymentPlan Plan { get; private set; } = null!;

    /// <summary>Gets or sets the targets that it names.</summary>
    internal IReadOnlyList<ITarget> Targets { get; private set; } = [];

    /// <summary>Returns everything that a target writes for it.</summary>
    internal Publication PublicationFor(string target) => Publication.Create(Plan, Targets.Single(each => each.Name == target), []);

    public async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--operation", "publish", "Deployment:Version=1.0.0"],
            cancellationToken
        );
        await using var application = await builder.BuildAsync(cancellationToken);
        Plan = await application.Services.GetRequiredService<PublishedPlan>().GetAsync(cancellationToken);
        Targets =
        [
            .. application
                .Services.GetRequiredService<DistributedApplicationModel>()
                .Resources.OfType<TargetResource>()
                .Select(static resource => resource.Target),
        ];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
