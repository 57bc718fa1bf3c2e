namespace AspireDeploy.Tests.House;

/// <summary>The width of the source, which the formatter leaves to us where a line is one comment or one text.</summary>
public sealed class SourceLineTests
{
    private static readonly string[] Folders = ["Api", "AppHost", "Data", "Migrator", "ServiceDefaults", "libs", "samples"];

    [Fact]
    public void Lines_OfWhatPeopleReadOrUse_EndBeforeColumn140()
    {
        var root = Path.GetFullPath(Path.Combine(LibraryTypes.Root, "..", ".."));
        var sources = Folders.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
        );
        var lines = sources
            .Where(static source => !IsMade(source))
            .SelectMany(static source => File.ReadLines(source).Select((line, at) => (Source: source, Number: at + 1, line.Length)))
            .ToList();

        Assert.True(lines.Count > 10_000);
        Assert.Empty(lines.Where(static line => line.Length > 140).Select(static line => $"{line.Source}:{line.Number}"));
    }

    // What the compiler and Entity Framework's tool write.
    private static bool IsMade(string source) =>
        source.Replace('\\', '/').Split('/').Any(static folder => folder is "obj" or "bin" or "Migrations" or "Compiled");
}
