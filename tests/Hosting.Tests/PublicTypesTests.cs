using System.Reflection;
using System.Runtime.CompilerServices;

namespace AspireDeploy.Hosting.Tests;

/// <summary>The library's public types leave Aspire's namespaces to Aspire.</summary>
public class PublicTypesTests
{
    public static TheoryData<string> Libraries => ["AspireDeploy.Hosting", "AspireDeploy.Hosting.PostgreSQL", "AspireDeploy.Hosting.Redis"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void PublicType_InANamespaceOfAspires_HasExtensionMethodsAlone(string library)
    {
        var types = Assembly.Load(library).GetExportedTypes().Where(type => type.Namespace?.Split('.')[0] == "Aspire").ToList();

        Assert.All(types, type =>
        {
            Assert.Equal("Aspire.Hosting", type.Namespace);
            Assert.True(type is { IsAbstract: true, IsSealed: true }, $"{type} is not static.");
            Assert.All(type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly), member =>
                Assert.True(member.IsDefined(typeof(ExtensionAttribute)), $"{member} is no extension method.")
            );
        });
    }
}
