using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AspireDeploy.FastStart;

/// <summary>
/// Has a resource that was just started asked for its health again at once until it is healthy. Aspire 13.6 asks a second later, then two,
/// and so on; and a check that finds nobody listening may take its client's whole time limit to say so.
/// </summary>
internal sealed class PromptHealthChecks(DistributedApplicationModel model, IOptions<HealthCheckServiceOptions> checks)
    : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        // Then every resource is in its place.
        eventing.Subscribe<BeforeStartEvent>(
            (_, _) =>
            {
                Wrap(eventing);
                return Task.CompletedTask;
            }
        );
        return Task.CompletedTask;
    }

    private void Wrap(IDistributedApplicationEventing eventing)
    {
        var registrations = checks.Value.Registrations.ToLookup(registration => registration.Name);
        foreach (var resource in model.Resources)
        {
            // By name, as what was declared may stand in the model as something else of that name.
            var started = resource is IResourceWithParent { Parent: var parent }
                ? model.Resources.FirstOrDefault(other => other.Name == parent.Name)
                : resource;
            if (started is null)
            {
                continue;
            }

            var start = new ResourceStart(started);
            foreach (
                var registration in resource
                    .Annotations.OfType<HealthCheckAnnotation>()
                    .SelectMany(annotation => registrations[annotation.Key])
            )
            {
                var factory = registration.Factory;
                registration.Factory = services => new PromptHealthCheck(factory(services), start);
            }

            eventing.Subscribe<BeforeResourceStartedEvent>(started, (_, _) =>
            {
                start.Begin();
                return Task.CompletedTask;
            });
        }
    }
}
