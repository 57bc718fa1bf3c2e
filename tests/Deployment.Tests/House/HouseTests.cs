namespace AspireDeploy.Tests.House;

/// <summary>The house: which folder of the library may know which.</summary>
public sealed class HouseTests
{
    // What goes round in a circle, and why it may.
    private static readonly (string From, string To, string Reason)[] Allowed =
    [
        ("Concepts", "Local", "who declares a concept has it held on a developer's machine, with one call"),
        ("Targets", "Targets/", "TargetCatalog names every target, for the page that compares them"),
    ];

    private static readonly Dictionary<string, string[]> Families = new(StringComparer.Ordinal)
    {
        ["Targets/Compose"] = ["Targets/Docker"],
        ["Targets/Swarm"] = ["Targets/Docker"],
        ["Targets/Shared"] = [],
        ["Targets/Caddy"] = [],
        ["Targets/Traefik"] = [],
    };

    [Fact]
    public void Folders_KnowEachOtherOneWay()
    {
        var known = LibraryTypes
            .Uses.Select(static use => use with { From = PartOf(use.From), To = PartOf(use.To) })
            .Where(static use => use.From != use.To)
            .ToList();

        Assert.Empty(Cycles.Find([.. known.Where(static use => !IsAllowed(use))]));
        Assert.All(Allowed, allowed => Assert.Contains(Cycles.Find(known), use => Covers(allowed, use)));
    }

    [Fact]
    public void Model_KnowsNothingElseOfTheLibrary_AndNothingOfAspire()
    {
        Assert.DoesNotContain(LibraryTypes.Uses, static use => use.From == "Model");
        Assert.DoesNotContain(LibraryTypes.Outside("Model"), static assembly => assembly.StartsWith("Aspire.", StringComparison.Ordinal));
        Assert.Contains(LibraryTypes.Outside("Reading"), static assembly => assembly == "Aspire.Hosting");
    }

    [Fact]
    public void Targets_DontKnowEachOther() =>
        Assert.DoesNotContain(LibraryTypes.Uses, static use =>
            IsTarget(use.From)
            && IsTarget(use.To)
            && !(Families.TryGetValue(use.From, out var others) ? others : [])
                .Append("Targets/Shared")
                .Append("Targets/Caddy")
                .Append("Targets/Traefik")
                .Contains(use.To)
        );

    [Fact]
    public void Targets_OfTheContractAndWhatTheyShare_KnowModelAndWritersAlone() =>
        Assert.DoesNotContain(LibraryTypes.Uses, static use =>
            use.From is "Targets" or "Targets/Shared" or "Targets/Caddy" or "Targets/Traefik"
            && use.To.Split('/')[0] is not ("Model" or "Writers" or "Targets" or "Concepts")
        );

    [Fact]
    public void Reading_KnowsNoTargetButThatThereAreSome() =>
        Assert.Equal(
            ["DeployedResources → TargetResource"],
            LibraryTypes
                .Uses.Where(static use => use.From == "Reading" && use.To.StartsWith("Targets", StringComparison.Ordinal))
                .Select(static use => use.Types)
        );

    [Fact]
    public void Namespaces_AreFolders_OrThoseThatAnAppHostSees() =>
        Assert.All(LibraryTypes.Sources(), static source =>
            Assert.True(
                source.Namespace == $"AspireDeploy.{source.Folder.Replace('/', '.')}"
                    || (
                        source.Namespace == "Aspire.Hosting"
                        && source.Types.All(static type => type.EndsWith("BuilderExtensions", StringComparison.Ordinal))
                    )
                    || (
                        source.Namespace == "AspireDeploy"
                        && (source.Folder.StartsWith("Concepts", StringComparison.Ordinal) || source.Types.All(IsPublic))
                    ),
                $"{source.Folder}: {string.Join(", ", source.Types)} in {source.Namespace}"
            )
        );

    private static bool IsPublic(string type) =>
        typeof(AspireDeploy.Model.DeploymentPlan).Assembly.GetType($"AspireDeploy.{type}") is { IsPublic: true };

    private static bool IsTarget(string folder) => folder.StartsWith("Targets/", StringComparison.Ordinal);

    // A concept's folder is a page of the concepts'.
    private static string PartOf(string folder) => folder.StartsWith("Concepts/", StringComparison.Ordinal) ? "Concepts" : folder;

    private static bool IsAllowed(Use use) => Allowed.Any(allowed => Covers(allowed, use));

    private static bool Covers((string From, string To, string Reason) allowed, Use use) =>
        use.From == allowed.From
        && (
            allowed.To.EndsWith('/')
                ? use.To.StartsWith(allowed.To, StringComparison.Ordinal) && use.Types.StartsWith("TargetCatalog", StringComparison.Ordinal)
                : use.To == allowed.To || use.To.StartsWith(allowed.To + "/", StringComparison.Ordinal)
        );
}
