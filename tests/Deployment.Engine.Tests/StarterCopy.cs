namespace AspireDeploy.EngineTests;

/// <summary>A copy of the services that Aspire's template has, for a test to change as their owner would.</summary>
public sealed class StarterCopy : IDisposable
{
    private static readonly DirectoryInfo Samples = new(Path.Combine(Solution.Directory, "samples"));

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("aspiredeploy-starter-");

    /// <summary>Copies them.</summary>
    public StarterCopy()
    {
        foreach (var file in Samples.EnumerateFiles("Directory.*"))
            file.CopyTo(Path.Combine(_folder.FullName, file.Name));
        foreach (var project in (string[])["Starter.ApiService", "Starter.ServiceDefaults", "Starter.Web"])
            Copy(new(Path.Combine(Samples.FullName, "Starter", project)), Path.Combine(Directory, project));
    }

    /// <summary>Gets the folder of their projects.</summary>
    public string Directory => Path.Combine(_folder.FullName, "Starter");

    /// <summary>Has the API map its health endpoints as the template does, in Development only, or not at all.</summary>
    public async Task MapHealthAsync(bool isMapped)
    {
        const string Call = "app.MapDefaultEndpoints();";
        var program = Path.Combine("Starter.ApiService", "Program.cs");
        var text = await File.ReadAllTextAsync(Path.Combine(Samples.FullName, "Starter", program), TestContext.Current.CancellationToken);
        Assert.Contains(Call, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(Directory, program),
            isMapped ? text : text.Replace(Call, "", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(DirectoryInfo from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories().Where(static folder => folder.Name is not ("bin" or "obj")))
            Copy(folder, Path.Combine(to, folder.Name));
    }
}
