namespace Aspire.Hosting.ApplicationModel;

internal static class ReferencedResources
{
    /// <summary>The resources that values are made from, each once. What a resource itself is made from is not followed.</summary>
    public static IReadOnlyCollection<IResource> Of(IEnumerable<object> values)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var found = new List<IResource>();
        var left = new Stack<object>(values.Reverse());
        while (left.TryPop(out var value))
        {
            value = value is IResourceBuilder<IResource> builder ? builder.Resource : value;
            if (!seen.Add(value))
            {
                continue;
            }

            if (value is IResource resource)
            {
                found.Add(resource);
            }
            else if (value is IValueWithReferences { References: var parts })
            {
                foreach (var part in parts.Reverse())
                {
                    left.Push(part);
                }
            }
        }

        return found;
    }
}
