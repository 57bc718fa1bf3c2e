using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Nomad;

/// <summary>
/// Describes when Nomad's Docker driver pulls an image.
/// (https://developer.hashicorp.com/nomad/docs/deploy/task-driver/docker#force_pull)
/// </summary>
internal static class ImagePull
{
    /// <summary>Gets the rule.</summary>
    internal static ConceptRule Rule { get; } =
        new(Concept.Pull, "`force_pull` of the Docker driver, which otherwise pulls what a client doesn't have", null, Pull)
        {
            Weakens = "never to pull, and not to pull `latest` where it is there: load the image onto the clients, and give it a version",
        };

    private static ConceptOutcome Pull(ConceptSubject subject)
    {
        const string Mechanism = "the Docker driver: it pulls what a client doesn't have";
        var workload = subject.Workload!;
        return workload.PullPolicy switch
        {
            PullPolicy.Always => ConceptOutcome.By("`force_pull = true`"),
            PullPolicy.Never => ConceptOutcome.Weakens(
                Mechanism,
                Pulling.IsLatest(workload)
                    ? "The Docker driver pulls what has no version before every start"
                    : "The Docker driver pulls an image that a client doesn't have",
                Pulling.IsLatest(workload)
                    ? "give the image a version, and load it onto every client beforehand"
                    : "load it onto every client beforehand"
            ),
            _ when Pulling.IsLatest(workload) => ConceptOutcome.Weakens(
                Mechanism,
                "The Docker driver pulls what has no version before every start",
                "give the image a version or a digest"
            ),
            _ => ConceptOutcome.By(Mechanism),
        };
    }
}
