namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which endpoints values are made from, those of connection strings included.</summary>
internal static class NeededEndpoints
{
    public static IReadOnlyCollection<EndpointReference> Of(IEnumerable<object> values)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var found = new List<EndpointReference>();
        var left = new Stack<object>(values);
        while (left.TryPop(out var next))
        {
            var value = next is IResourceBuilder<IResource> builder ? builder.Resource : next;
            if (!seen.Add(value))
            {
                continue;
            }

            if (value is EndpointReference endpoint)
            {
                found.Add(endpoint);
            }
            else if (value is IValueWithReferences { References: var parts })
            {
                foreach (var part in parts)
                {
                    left.Push(part);
                }
            }
        }

        return found;
    }
}
