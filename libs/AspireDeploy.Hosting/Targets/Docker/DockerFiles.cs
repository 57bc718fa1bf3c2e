using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Docker;

/// <summary>Describes where the files of workloads are in a target's folder, and what they are called in its files.</summary>
internal static class DockerFiles
{
    /// <summary>Returns the name of a workload's mounted secret in the file's own list of secrets.</summary>
    internal static string SecretName(Workload workload, MountedSecret secret) => $"{workload.Label}.{FileName(secret)}";

    /// <summary>Returns where the script puts a workload's mounted secret, under <c>secrets/mounted</c>.</summary>
    internal static string SecretPath(Workload workload, MountedSecret secret) => $"{workload.Label}/{FileName(secret)}";

    /// <summary>Returns where the script puts a workload's secret environment variables, under <c>secrets/mounted</c>.</summary>
    internal static string EnvironmentFile(Workload workload) => $"{workload.Label}/environment";

    /// <summary>Returns whether a workload is given secrets, as files or in its environment.</summary>
    internal static bool HasSecrets(Workload workload) => !Secrets.FilesOf(workload).IsEmpty || !Secrets.UndeliverableOf(workload).IsEmpty;

    /// <summary>Returns the variable by which <c>deploy.sh</c> tells which version of its secrets a service gets.</summary>
    internal static string SecretsVariable(Workload workload) => $"ASPIREDEPLOY_{Setting.NameFor(workload.Name)}_SECRETS";

    /// <summary>Returns where a workload's content file is, in the target's folder.</summary>
    internal static string ContentPath(Workload workload, ContentFile file) => $"files/{workload.Label}{file.Path}";

    /// <summary>Returns every file that comes with the deployment.</summary>
    internal static IEnumerable<PublishedFile> ContentOf(DeploymentPlan plan) =>
        plan.Workloads.SelectMany(static workload =>
            workload.Files.Select(file => new PublishedFile(ContentPath(workload, file), file.Content)
            {
                Mode = file.Executable ? PublishedFileMode.Executable : PublishedFileMode.Readable,
            })
        );

    private static string FileName(MountedSecret secret) =>
        (
            secret.Path.StartsWith(Secrets.Directory + "/", StringComparison.Ordinal)
                ? secret.Path[(Secrets.Directory.Length + 1)..]
                : secret.Path[1..]
        ).Replace('/', '-');
}
