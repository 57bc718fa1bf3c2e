using AspireDeploy.Model;

namespace AspireDeploy.Targets.Azure;

/// <summary>Describes how each concept is carried on a server that Azure runs by itself: by that service, or not at all.</summary>
internal static class ManagedConcepts
{
    internal static ConceptOutcome Judge(Concept concept, ConceptSubject subject, AzureContainerAppsOptions options) =>
        Judge(concept, subject.Plan, subject.Workload!, options);

    private static ConceptOutcome Judge(Concept concept, DeploymentPlan plan, Workload workload, AzureContainerAppsOptions options)
    {
        var (service, size) = options.IsManagedPostgres(workload)
            ? ("Azure Database for PostgreSQL", options.Postgres!.Sku)
            : ("Azure Managed Redis", options.Redis!.Sku);
        return concept switch
        {
            Concept.Memory or Concept.Cpu => ConceptOutcome.By($"{service}, size `{size}`"),
            Concept.Replicas
                when workload.Scale.Minimum == 1
                    && options.IsManagedPostgres(workload)
                    && new PostgresConnections(plan, workload, options).Told() is { } connections => ConceptOutcome.By(
                $"{service}, size `{size}`, {connections}"
            ),
            Concept.Secrets => ConceptOutcome.By(
                options.IsManagedPostgres(workload) ? "the administrator's password" : "a key that Azure makes in place of the password"
            ),
            Concept.Network => ConceptOutcome.By("the environment's network alone: it has no public address"),
            Concept.Data when options.IsManagedRedis(workload) => ConceptOutcome.Loses(
                "Azure Managed Redis keeps its data in memory here",
                "take the volume away, if it is a cache"
            ),
            Concept.Data => ConceptOutcome.By($"{service}'s own storage, backed up for 7 days"),
            // Its databases are resources of the server.
            Concept.Files when workload.Files.Any(file => !IsOfDatabases(workload, file)) => ConceptOutcome.Loses(
                $"{service} runs no scripts at its start",
                "run them in a job (WaitForCompletion)"
            ),
            Concept.Files => ConceptOutcome.By("databases of the server"),
            Concept.Autoscale or Concept.ExternalPort => ConceptOutcome.Loses(
                $"{service} has no such thing here",
                "take it away, or run it as a container"
            ),
            Concept.Replicas when workload.Scale.Minimum > 1 => ConceptOutcome.Loses(
                $"{service} has no such thing here",
                "take it away, or run it as a container"
            ),
            _ => ConceptOutcome.By($"{service}, run by Azure"),
        };
    }

    private static bool IsOfDatabases(Workload workload, ContentFile file) =>
        !workload.Databases.IsEmpty && file.Path == Reading.PostgresReading.Script;
}
