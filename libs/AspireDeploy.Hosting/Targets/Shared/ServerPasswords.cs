using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>Describes which secrets are a server's own password.</summary>
internal static class ServerPasswords
{
    /// <summary>Returns the names of those that are one.</summary>
    internal static IEnumerable<string> Find(DeploymentPlan plan) =>
        plan
            .Secrets.Select(static secret => secret.Name)
            .Where(secret => plan.Workloads.Any(workload => KindOf(workload, secret) is not null));

    /// <summary>
    /// Finds the kind of server that a workload is and whose own password a secret is, in the file that its image reads it from:
    /// <c>redis</c> or <c>postgres</c>; null: it is none.
    /// </summary>
    internal static string? KindOf(Workload workload, string secret)
    {
        if (workload.Image is not ImageReference image || WellKnownImages.Find(image) is not { } known)
            return null;
        if (known.Repository == WellKnownImages.Redis.Repository)
            return workload.SecretFiles.Any(file =>
                file.Content.Parts.OfType<SecretReference>().Any(part => part.Secret == secret && part.Encoding == ValueEncoding.RedisWord)
            )
                ? "redis"
                : null;
        if (known.Repository != WellKnownImages.PostgreSql.Repository)
            return null;
        return workload.Environment.Any(variable => variable.Name == "POSTGRES_PASSWORD" && variable.Value.AsSecret == secret)
            ? "postgres"
            : null;
    }
}
