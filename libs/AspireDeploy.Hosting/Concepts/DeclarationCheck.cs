using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;

namespace AspireDeploy;

/// <summary>Checks the declaration as a whole, once it is complete and before anything starts or is published.</summary>
internal sealed class DeclarationCheck : IDistributedApplicationEventingSubscriber
{
    public Task SubscribeAsync(
        IDistributedApplicationEventing eventing,
        DistributedApplicationExecutionContext executionContext,
        CancellationToken cancellationToken
    )
    {
        eventing.Subscribe<BeforeStartEvent>(
            (started, _) =>
            {
                foreach (
                    var resource in started.Model.Resources.Where(static resource =>
                        resource is IComputeResource && resource.GetComputeEnvironment() is null
                    )
                )
                    resource.Annotations.Add(new UnboundAnnotation());
                DeclarationMistake.ThrowFirst(DeclarationRules.Check(started.Model, executionContext.IsPublishMode));
                return Task.CompletedTask;
            }
        );
        return Task.CompletedTask;
    }
}
