using System.Text.RegularExpressions;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Targets;
using AspireDeploy.Tests.Cases;
using AspireDeploy.Tests.Targets.Kubernetes;
using AspireDeploy.Tests.Targets.Nomad;
using AspireDeploy.Tests.Writers.Bicep;

namespace AspireDeploy.Tests.Declarations;

/// <summary>Small declarations of AppHosts, each with everything that is published of it, and read by the targets' own parsers.</summary>
public sealed partial class DeclarationCaseTests
{
    private const string Plainest = "container";

    public static TheoryData<string> Names => [.. Declaration.All.Select(static declaration => declaration.Name)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Publish_ADeclaration_IsEveryFileAsItSays(string name) =>
        TargetCase.Compare(
            Path.Combine(TargetCase.Project, "Declarations", "Cases", $"{name}.txt"),
            (await PublishedDeclaration.OfAsync(name)).Show(await PublishedDeclaration.OfAsync(Plainest))
        );

    [Fact]
    public void Declarations_EachHaveAFile_AndEachFileADeclaration() =>
        Assert.Equal(
            Names.Select(static row => row.Data).Order(StringComparer.Ordinal),
            TargetCase.In("Declarations/Cases").Select(static row => row.Data)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Kubernetes_ReadsWhatIsPublished(string name)
    {
        if ((await PublishedDeclaration.OfAsync(name)).Files.TryGetValue("kubernetes", out var files))
            Assert.NotEmpty(KubernetesObjects.Of(files).All);
    }

    [Fact]
    public async Task Nomad_ReadsEveryJob()
    {
        var read = NomadSpecifications.Read(from each in await AllAsync("nomad") select (each.Name, each.Files.AsEnumerable()));

        Assert.NotEmpty(read.SelectMany(static each => each.Value.Jobs));
    }

    [Fact]
    public async Task Bicep_CompilesEveryModule_WithoutAWord()
    {
        var modules =
            from each in await AllAsync("azure")
            from file in each.Files
            where file.Path.EndsWith(".bicep", StringComparison.Ordinal)
            select (Path: $"{each.Name}/{file.Path}", file.Content);

        Assert.Equal(
            "",
            (await BicepCompiler.CompileAsync(modules.ToDictionary(static file => file.Path, static file => file.Content))).Messages
        );
    }

    [Fact]
    public async Task Compose_ReadsEveryFile_WithoutAWord() => await ReadAsync("compose", static _ => ["compose", "config", "--quiet"]);

    [Fact]
    public async Task Swarm_ReadsEveryStack_WithoutAWord() =>
        await ReadAsync("swarm", static files =>
            [
                "stack",
                "config",
                "--skip-interpolation",
                .. files
                    .Where(static file => file.Path.StartsWith("stack.", StringComparison.Ordinal))
                    .SelectMany(static file => new[] { "--compose-file", file.Path }),
            ]
        );

    private static async Task ReadAsync(string target, Func<IReadOnlyList<PublishedFile>, string[]> command)
    {
        var folder = Directory.CreateTempSubdirectory("aspiredeploy-declarations-");
        try
        {
            foreach (
                var (name, files) in (await AllAsync(target)).Where(static each =>
                    each.Files.Any(static file => file.Content.Contains("\nservices:\n", StringComparison.Ordinal))
                )
            )
            {
                // With the files that ./secrets.sh makes of secrets that only a variable can carry, and with what must be chosen.
                var made = files
                    .SelectMany(static file => SecretVariables().Matches(file.Content))
                    .Select(static match => new PublishedFile(match.Groups[1].Value, ""));
                var chosen = files
                    .Where(static file => file.Path == ".env")
                    .Select(static file => file with { Content = Unchosen().Replace(file.Content, "$1=chosen") });
                foreach (var file in files.Concat(made).Concat(chosen))
                {
                    var path = Path.Combine(folder.FullName, name, file.Path);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    await File.WriteAllTextAsync(path, file.Content, Token);
                }
                var read = await DockerReader.TryRunAsync(Path.Combine(folder.FullName, name), command(files), Token);
                Assert.True(read is { ExitCode: 0, Errors: "" }, $"{name}: {read.Errors}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<(string Name, IReadOnlyList<PublishedFile> Files)>> AllAsync(string target)
    {
        var all = new List<(string, IReadOnlyList<PublishedFile>)>();
        foreach (var name in Names.Select(static row => row.Data))
        {
            if ((await PublishedDeclaration.OfAsync(name)).Files.TryGetValue(target, out var files))
                all.Add((name, files));
        }
        return all;
    }

    [GeneratedRegex("^([A-Z_]+)=$", RegexOptions.Multiline)]
    private static partial Regex Unchosen();

    [GeneratedRegex(@"- \./(secrets/mounted/\S+/environment)\n")]
    private static partial Regex SecretVariables();
}
