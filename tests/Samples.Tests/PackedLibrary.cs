using System.Runtime.CompilerServices;
using AspireDeploy.SampleTests;
using AspireDeploy.Workload;

[assembly: AssemblyFixture(typeof(PackedLibrary))]

namespace AspireDeploy.SampleTests;

/// <summary>
/// The packages of this build, in a feed of their own under a version of their own, and a copy of the samples that takes them from there.
/// </summary>
public sealed class PackedLibrary : IAsyncLifetime
{
    private static readonly string[] Ids = ["AspireDeploy.Hosting", "AspireDeploy.Hosting.PostgreSQL", "AspireDeploy.Hosting.Redis"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aspiredeploy-packages-");

    /// <summary>Gets the version that they were packed under: nobody else's is in the machine's cache.</summary>
    public string Version { get; } = $"0.1.0-test.x{Guid.NewGuid():N}";

    /// <summary>Gets the repository's folder.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    /// <summary>Gets the folder with the copies of the samples.</summary>
    public string Samples => Path.Combine(_folder.FullName, "samples");

    /// <summary>Gets what a build that takes the packages needs in its environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?>
        {
            ["RestoreAdditionalProjectSources"] = Feed,
            ["AspireDeployVersion"] = Version,
            // A server of the compiler or of MSBuild would outlive the test, and would keep what it was told first.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            // Where an AppHost that is one file is built.
            ["XDG_DATA_HOME"] = _folder.CreateSubdirectory("data").FullName,
            ["ASPIRE_VERSION_CHECK_DISABLED"] = "true",
        };

    private string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>Returns the path of a package's file.</summary>
    public string PackageOf(string id, string extension = "nupkg") => Path.Combine(Feed, $"{id}.{Version}.{extension}");

    /// <summary>Copies a sample for one test, which may change it.</summary>
    /// <returns>The folder of the copy.</returns>
    public string CopyOf(string sample)
    {
        var copy = Path.Combine(Samples, $"{Guid.NewGuid():N}", sample);
        Copy(new(Path.Combine(Repository, "samples", sample)), copy);
        return copy;
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // The tests' own build has built the libraries; the template is no more than files.
        foreach (var id in Ids)
            await PackAsync(Path.Combine("libs", id), "--no-build");
        await PackAsync("templates");
        Copy(new(Path.Combine(Repository, "samples")), Samples);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        var cache = System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var cached in Ids.Select(id => Path.Combine(cache, id.ToLowerInvariant(), Version)).Where(Directory.Exists))
            Directory.Delete(cached, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task PackAsync(string project, params string[] options)
    {
        await using var pack = ServiceProcess.Command(
            Path.Combine(Repository, project),
            Environment,
            ["pack", "--configuration", Configuration, "--output", Feed, $"-property:Version={Version}", "--nologo", .. options]
        );
        Assert.True(await pack.EndAsync(TestContext.Current.CancellationToken) == 0, pack.Everything());
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories().Where(static folder => folder.Name is not ("bin" or "obj")))
            Copy(folder, Path.Combine(to, folder.Name));
    }

    private static string Here([CallerFilePath] string here = "") => here;
}
