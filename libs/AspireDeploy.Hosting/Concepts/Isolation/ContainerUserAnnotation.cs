using Aspire.Hosting.ApplicationModel;

namespace AspireDeploy;

/// <summary>
/// The user that a container's process runs as, as <see cref="Aspire.Hosting.ContainerUserBuilderExtensions.WithContainerUser"/> declares
/// it.
/// </summary>
/// <param name="userId">The user's number.</param>
/// <param name="groupId">The number of its group.</param>
internal sealed class ContainerUserAnnotation(int userId, int groupId) : IResourceAnnotation
{
    /// <summary>Gets the user's number.</summary>
    internal int UserId { get; } = userId;

    /// <summary>Gets the number of its group.</summary>
    internal int GroupId { get; } = groupId;
}
