using Aspire.Hosting.ApplicationModel;

namespace EmbeddedHost.Tests.ApplicationModel.Resources;

public class ResourceAnnotationCollectionTests
{
    [Fact]
    public void Enumeration_WhileAnnotationsAreAdded_SeesTheCollectionAsItWas()
    {
        ResourceAnnotationCollection annotations = [new Marker(1), new Marker(2)];

        var seen = 0;
        foreach (var _ in annotations.AsEnumerable())
        {
            annotations.Add(new Marker(3));
            seen++;
        }

        Assert.Equal(2, seen);
        Assert.Equal(4, annotations.Count);
    }

    private sealed record Marker(int Number) : IResourceAnnotation;
}
