using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Swarm;

/// <summary>
/// Describes when a swarm's nodes pull an image: what they don't have, by the digest that the swarm has looked up.
/// (https://docs.docker.com/reference/cli/docker/stack/deploy/#resolve-image)
/// </summary>
internal static class ImagePull
{
    /// <summary>Gets the rule.</summary>
    internal static ConceptRule Rule { get; } =
        new(Concept.Pull, "the image's digest, which the swarm looks up when a deployment brings another image", null, Pull)
        {
            Weakens = "a tag is looked up then, and not at each start, whatever was declared: name the image by its digest",
        };

    private static ConceptOutcome Pull(ConceptSubject subject)
    {
        const string Mechanism = "the image's digest, looked up when a deployment brings another image";
        const string Fixed = "name the image by its digest, WithImageSHA256(...)";
        var workload = subject.Workload!;
        return workload.PullPolicy switch
        {
            PullPolicy.Never => ConceptOutcome.Weakens(
                Mechanism,
                "A node that doesn't have the image pulls it, and a tag is looked up in its registry",
                Pulling.IsFixed(workload) ? "load it onto every node beforehand" : $"{Fixed}, and load it onto every node beforehand"
            ),
            _ when Pulling.IsFixed(workload) => ConceptOutcome.By("the image's digest, which names one image"),
            PullPolicy.Always => ConceptOutcome.Weakens(
                Mechanism,
                "A tag that has moved since is looked up by no start of a replica, and by no deployment of the same image",
                $"docker service update --image {workload.Image} {subject.Plan.Name.ToLowerInvariant()}_{workload.Label} looks it up "
                    + $"again; or {Fixed}"
            ),
            _ => ConceptOutcome.Weakens(
                Mechanism,
                "A node pulls what the tag is in the registry, though it may have an earlier image of that name",
                Fixed
            ),
        };
    }
}
