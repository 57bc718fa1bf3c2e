using AspireDeploy.Engines.Docker;

namespace AspireDeploy.Bench.Startup;

/// <summary>An AppHost that is started.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Program">The built program.</param>
/// <param name="Engine">The engine that its containers run on; null where it has none.</param>
internal sealed record Contender(string Name, string Program, DockerEngine? Engine)
{
    /// <summary>Returns the program of an AppHost of this repository, built as this benchmark is.</summary>
    public static string ProgramOf(params string[] folders)
    {
        // bench/Startup/bin/Debug/net10.0
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!;
        return Path.Combine([root.FullName, .. folders, "bin", here.Parent.Name, here.Name, folders[^1]]);
    }
}
