using System.Reflection;
using Aspire.Hosting;
using AspireDeploy.Reading;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.Publishing;

/// <summary>The AppHost: what the application is called, of which version it is, and where its solution is.</summary>
/// <param name="Name">The AppHost project's name.</param>
/// <param name="Directory">Its directory, absolute.</param>
/// <param name="Assembly">Its assembly, which has a version.</param>
internal sealed record AppHostProject(string Name, string Directory, Assembly? Assembly)
{
    private const string Suffix = "AppHost";

    internal static AppHostProject For(IDistributedApplicationBuilder builder) =>
        new(builder.Environment.ApplicationName, builder.AppHostDirectory, builder.AppHostAssembly);

    /// <summary>
    /// Returns what a plan needs to know. Files come from the solution's folder; where there is no solution, from the Git repository's, and
    /// else from the AppHost's. <c>Deployment:Name</c> and <c>Deployment:Version</c> win over what is found.
    /// </summary>
    internal PlanningOptions Options(IConfiguration configuration)
    {
        var solution = FindSolution();
        return new(
            Given(configuration, "Deployment:Name") ?? ApplicationName(solution),
            Given(configuration, "Deployment:Version") ?? Version,
            Directory,
            Path.GetDirectoryName(solution ?? FindRepository()) ?? Directory
        );
    }

    private static string? Given(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } value ? value : null;

    // 1.2.3+commit: what comes after the sign can't stand in an image's tag.
    private string Version =>
        Assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "latest";

    // Two applications of one name would be one to an engine.
    private string FolderName()
    {
        var folder = new DirectoryInfo(Directory);
        while (folder.Parent is { } parent && folder.Name.Equals(Suffix, StringComparison.OrdinalIgnoreCase))
            folder = parent;
        return folder.Parent is null ? Suffix : folder.Name;
    }

    // Shop.AppHost is Shop's; one that is called AppHost alone is that of the solution around it, or of the folder.
    private string ApplicationName(string? solution)
    {
        var own = Name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? Name[..^Suffix.Length].TrimEnd('.', '-', '_') : Name;
        var name =
            own.Length > 0 ? own
            : solution is not null ? Path.GetFileNameWithoutExtension(solution)
            : FolderName();
        return string.Join(
            '-',
            new string([.. name.ToLowerInvariant().Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Split(
                '-',
                StringSplitOptions.RemoveEmptyEntries
            )
        );
    }

    /// <summary>Returns the nearest file of a name in the AppHost's directory or above it; null if there is none.</summary>
    internal string? Find(string file)
    {
        for (var folder = new DirectoryInfo(Directory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, file) is var path && File.Exists(path))
                return path;
        }
        return null;
    }

    // A worktree and a submodule have a file in place of the folder.
    private string? FindRepository()
    {
        for (var folder = new DirectoryInfo(Directory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, ".git") is var path && Path.Exists(path))
                return path;
        }
        return null;
    }

    private string? FindSolution()
    {
        for (var folder = new DirectoryInfo(Directory); folder is not null; folder = folder.Parent)
        {
            if (
                folder.Exists
                && folder
                    .EnumerateFiles("*.sln*")
                    .Where(static file => file.Extension is ".sln" or ".slnx")
                    .MinBy(static file => file.Name, StringComparer.Ordinal)
                    is { } solution
            )
                return solution.FullName;
        }
        return null;
    }
}
