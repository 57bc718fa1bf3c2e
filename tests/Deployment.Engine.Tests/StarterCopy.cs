namespace AspireDeploy.EngineTests;

/// <summary>A copy of the services that Aspire's template has, for a test to change as their owner would.</summary>
public sealed class StarterCopy : IDisposable
{
    private static readonly DirectoryInfo Samples = new(Path.Combine(Solution.Directory, "samples"));

    private const string Condition = "if (app.Environment.IsDevelopment())";

    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("aspiredeploy-starter-");

    /// <summary>Copies them.</summary>
    public StarterCopy()
    {
        foreach (var file in Samples.EnumerateFiles("Directory.*")) file.CopyTo(Path.Combine(_folder.FullName, file.Name));
        foreach (var project in (string[])["Starter.ApiService", "Starter.ServiceDefaults", "Starter.Web"])
            Copy(new(Path.Combine(Samples.FullName, "Starter", project)), Path.Combine(Directory, project));
    }

    /// <summary>Gets the folder of their projects.</summary>
    public string Directory => Path.Combine(_folder.FullName, "Starter");

    private string Defaults => Path.Combine(Directory, "Starter.ServiceDefaults", "Extensions.cs");

    /// <summary>Has health endpoints be there in Development alone, as the template has it, or everywhere.</summary>
    public async Task MapHealthAsync(bool everywhere)
    {
        var template = Path.Combine(Samples.FullName, "Starter", "Starter.ServiceDefaults", "Extensions.cs");
        var text = await File.ReadAllTextAsync(template, TestContext.Current.CancellationToken);
        Assert.Contains(Condition, text, StringComparison.Ordinal);
        if (everywhere) text = text.Replace(Condition, "", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Defaults, text, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(DirectoryInfo from, string to)
    {
        System.IO.Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles()) file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.EnumerateDirectories().Where(static folder => folder.Name is not ("bin" or "obj")))
            Copy(folder, Path.Combine(to, folder.Name));
    }
}
