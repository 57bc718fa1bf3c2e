using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Startup;

/// <summary>Finds the processes in an engine's containers.</summary>
internal static class ContainerProcesses
{
    /// <summary>Returns those that run now, the children of a container's first process included.</summary>
    public static async Task<IReadOnlyList<MarkedProcess>> LivingAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        var listed = await engine.RunAsync(["ps", "--quiet"], cancellationToken);
        var containers = listed.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var tree = new ProcessTree();
        // The engine has process numbers of its own, so a container's are found through the process that containerd has for each.
        var shims = tree.All.Where(IsOfOneOfThem).Select(shim => shim.Id).ToHashSet();
        return [.. tree.Below(shims)];

        bool IsOfOneOfThem(MarkedProcess process) =>
            process.Program.StartsWith("containerd-shim", StringComparison.Ordinal)
            && process.Arguments.Any(argument => containers.Any(id => argument.StartsWith(id, StringComparison.Ordinal)));
    }
}
