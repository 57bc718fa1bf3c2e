using System.IO.Compression;
using System.Xml.Linq;

namespace AspireDeploy.SampleTests;

/// <summary>Describes what the packages hold and ask for.</summary>
public sealed class PackageTests(PackedLibrary library)
{
    public static TheoryData<string, string[]> Dependencies =>
        new()
        {
            { "AspireDeploy.Hosting", ["Aspire.Hosting", "Spectre.Console", "YamlDotNet"] },
            { "AspireDeploy.Hosting.PostgreSQL", ["Aspire.Hosting.PostgreSQL", "AspireDeploy.Hosting"] },
            { "AspireDeploy.Hosting.Redis", ["Aspire.Hosting.Redis", "AspireDeploy.Hosting"] },
        };

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void Package_OfALibrary_AsksForWhatItUsesAlone(string id, string[] dependencies) =>
        Assert.Equal(
            dependencies,
            Nuspec(id)
                .Descendants()
                .Where(static element => element.Name.LocalName == "dependency")
                .Select(static element => element.Attribute("id")!.Value)
                .Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void Package_OfALibrary_SaysWhatItIs(string id, string[] dependencies)
    {
        Assert.NotEmpty(dependencies);
        var metadata = Nuspec(id).Root!.Elements().Single();
        string Of(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Equal((id, library.Version), (Of("id"), Of("version")));
        Assert.All(["authors", "description", "tags"], name => Assert.NotEmpty(Of(name)));
        Assert.All([Of("readme"), Of("icon")], file => Assert.Contains(file, Files(id)));
        Assert.Contains($"lib/net10.0/{id}.xml", Files(id));
        Assert.Contains($"lib/net10.0/{id}.pdb", Files(id, "snupkg"));
    }

    [Fact]
    public void Package_OfHosting_BringsTheGatewayAndItsBuildFiles()
    {
        var files = Files("AspireDeploy.Hosting");

        Assert.All(
            [
                "build/AspireDeploy.Hosting.props",
                "build/AspireDeploy.Hosting.targets",
                "buildTransitive/AspireDeploy.Hosting.props",
                "buildTransitive/AspireDeploy.Hosting.targets",
                "tools/gateway/AspireDeploy.Gateway.dll",
                "tools/gateway/AspireDeploy.Gateway.deps.json",
                "tools/gateway/AspireDeploy.Gateway.runtimeconfig.json",
                "tools/gateway/Yarp.ReverseProxy.dll",
            ],
            file => Assert.Contains(file, files)
        );
    }

    private XDocument Nuspec(string id)
    {
        using var package = ZipFile.OpenRead(library.PackageOf(id));
        using var nuspec = package.Entries.Single(static entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec);
    }

    private List<string> Files(string id, string extension = "nupkg")
    {
        using var package = ZipFile.OpenRead(library.PackageOf(id, extension));
        return [.. package.Entries.Select(static entry => entry.FullName)];
    }
}
