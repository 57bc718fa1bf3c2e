using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using AspireDeploy.Reading;

namespace AspireDeploy.Tests.Reading;

/// <summary>Describes what becomes of every annotation that Aspire's hosting packages can put on a resource.</summary>
public class AnnotationLedgerTests
{
    private static readonly Assembly[] Packages =
    [
        typeof(IResource).Assembly,
        typeof(PostgresServerResource).Assembly,
        typeof(RedisResource).Assembly,
    ];

    [Fact]
    public void Ledger_OfThisVersionOfAspire_HasEveryAnnotation_AndNoOther() =>
        Assert.Equal(
            Packages
                .SelectMany(static package => package.GetTypes())
                .Where(static type =>
                    type is { IsAbstract: false, IsInterface: false } && typeof(IResourceAnnotation).IsAssignableFrom(type)
                )
                .Select(static type => type.Name)
                .Distinct()
                .Order(StringComparer.Ordinal),
            AnnotationLedger.All.Keys.Order(StringComparer.Ordinal)
        );
}
