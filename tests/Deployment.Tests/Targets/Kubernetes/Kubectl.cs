using AspireDeploy.Engines;

namespace AspireDeploy.Tests.Targets.Kubernetes;

/// <summary>The machine's <c>kubectl</c>.</summary>
internal static class Kubectl
{
    /// <summary>Skips the test where there is none.</summary>
    internal static void Require()
    {
        if (
            !(Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Any(static folder => File.Exists(Path.Combine(folder, "kubectl")))
        )
            Engine.Missing("kubectl isn't installed: https://kubernetes.io/docs/tasks/tools/");
    }
}
