using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

internal sealed class ResourceCollection(IEnumerable<IResource> resources) : Collection<IResource>(resources.ToList()), IResourceCollection
{
    public ResourceCollection() : this([])
    {
    }

    public bool TryGetByName(string name, [NotNullWhen(true)] out IResource? resource)
    {
        resource = Items.FirstOrDefault(r => StringComparer.OrdinalIgnoreCase.Equals(r.Name, name));
        return resource is not null;
    }
}
