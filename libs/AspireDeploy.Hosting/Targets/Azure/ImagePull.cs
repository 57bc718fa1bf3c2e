using AspireDeploy.Model;
using AspireDeploy.Targets.Shared;

namespace AspireDeploy.Targets.Azure;

/// <summary>Describes when Azure Container Apps pulls an image, which no app can say.</summary>
internal static class ImagePull
{
    /// <summary>Returns what becomes of a declared policy.</summary>
    internal static ConceptOutcome Judge(ConceptSubject subject)
    {
        const string Mechanism = "the platform's own: it pulls the image for every replica that it starts";
        return subject.Workload!.PullPolicy switch
        {
            PullPolicy.Always => ConceptOutcome.By(Mechanism),
            PullPolicy.Never => ConceptOutcome.Weakens(
                Mechanism,
                "Container Apps has no machine of one's own that could have an image already, so it pulls this one too",
                "push it to a registry that the environment reaches"
            ),
            _ when Pulling.IsFixed(subject.Workload) => ConceptOutcome.By($"{Mechanism}; its digest names one image"),
            _ => ConceptOutcome.Weakens(
                Mechanism,
                "Container Apps can't be told to take an image that is there, so a tag that has moved is another image",
                "name the image by its digest, WithImageSHA256(...)"
            ),
        };
    }
}
