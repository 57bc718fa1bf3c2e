using System.Globalization;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;

namespace AspireDeploy.Bench.Startup;

/// <summary>Finds the processes in an engine's containers.</summary>
internal static class ContainerProcesses
{
    /// <summary>Returns those that run now, the children of a container's first process included.</summary>
    public static async Task<IReadOnlyList<MarkedProcess>> LivingAsync(DockerEngine engine, CancellationToken cancellationToken)
    {
        var containers = Words(await engine.RunAsync(["ps", "--quiet"], cancellationToken));
        if (containers.Length == 0)
        {
            return [];
        }

        var parents = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => (Id: Number(name!), Parent: ParentOf(name!))).ToDictionary(process => process.Id, process => process.Parent);
        // The engine has process numbers of its own, so a container's are found through the process that containerd has for each.
        var shims = parents.Keys.Select(MarkedProcess.TryRead).OfType<MarkedProcess>().Where(IsOfOneOfThem).Select(shim => shim.Id).ToHashSet();
        return [.. parents.Keys.Where(IsInContainer).Select(MarkedProcess.TryRead).OfType<MarkedProcess>()];

        bool IsOfOneOfThem(MarkedProcess process) =>
            process.Program.StartsWith("containerd-shim", StringComparison.Ordinal)
            && process.Arguments.Any(argument => containers.Any(id => argument.StartsWith(id, StringComparison.Ordinal)));

        bool IsInContainer(int id) =>
            parents.TryGetValue(id, out var parent) && (shims.Contains(parent) || (parent > 1 && IsInContainer(parent)));
    }

    private static int ParentOf(string process)
    {
        try
        {
            return Number(File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    private static string[] Words(string text) => text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
