namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that lives inside another, as a database does in its server.</summary>
public interface IResourceWithParent : IResource
{
    /// <summary>The resource that this one lives inside.</summary>
    IResource Parent { get; }
}

/// <inheritdoc />
/// <typeparam name="T">The parent's type.</typeparam>
public interface IResourceWithParent<out T> : IResourceWithParent where T : IResource
{
    /// <summary>The resource that this one lives inside.</summary>
    new T Parent { get; }

    IResource IResourceWithParent.Parent => Parent;
}
