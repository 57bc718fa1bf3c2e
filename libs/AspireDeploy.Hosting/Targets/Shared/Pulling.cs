using AspireDeploy.Model;

namespace AspireDeploy.Targets.Shared;

/// <summary>Describes what several targets ask of an image before they say when it is pulled.</summary>
internal static class Pulling
{
    /// <summary>Returns whether an image is the same whenever it is pulled, since its digest names it.</summary>
    internal static bool IsFixed(Workload workload) => workload.Image is ImageReference { Digest: not null };

    /// <summary>Returns whether an image has no version, which is pulled anew by Docker's driver in Nomad.</summary>
    internal static bool IsLatest(Workload workload) => workload.Image is ImageReference { Digest: null, Tag: null or "latest" };

    /// <summary>Returns the rule of a target that says it as it was declared.</summary>
    /// <param name="setting">Its own setting.</param>
    internal static ConceptRule By(string setting) => ConceptRule.Always(Concept.Pull, setting);
}
