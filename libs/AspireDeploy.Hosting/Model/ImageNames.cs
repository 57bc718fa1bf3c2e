using System.Text.RegularExpressions;

namespace AspireDeploy.Model;

/// <summary>
/// Checks the parts of an image's name, as registries and engines have them. (https://pkg.go.dev/github.com/distribution/reference)
/// </summary>
internal static partial class ImageNames
{
    /// <summary>Adds what is wrong with an image's name.</summary>
    internal static void Check(List<PlanError> errors, string workload, ImageReference image)
    {
        if (!Repository().IsMatch(image.Repository))
            errors.Add(
                new(
                    $"{workload}.image",
                    $"\"{image.Repository}\" is not the name of an image: parts of lower-case letters, digits, ., _ and -, with / between "
                        + "them; a host with its port may come first"
                )
            );
        if (image.Tag is { } tag && !Tag().IsMatch(tag))
            errors.Add(
                new($"{workload}.image", $"\"{tag}\" is not a tag: at most 128 letters, digits, _, . and -, and neither . nor - first")
            );
        if (image.Digest is { } digest && !Digest().IsMatch(digest))
            errors.Add(new($"{workload}.image", $"\"{digest}\" is not a digest: sha256: and 64 hexadecimal digits"));
    }

    [GeneratedRegex(
        @"\A([A-Za-z0-9.-]+(:[0-9]{1,5})?/)?[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\Asha256:[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
