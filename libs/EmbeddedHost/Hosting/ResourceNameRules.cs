using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What a resource may be called: every target has to be able to write the name.</summary>
internal static class ResourceNameRules
{
    public const int MaxLength = 64;

    /// <exception cref="DistributedApplicationException">The name breaks a rule; the message says which.</exception>
    public static void Check(string name, NameValidationPolicyAnnotation policy, string what = "Resource")
    {
        if (Violation(name, policy) is { } violation)
        {
            throw new DistributedApplicationException($"{what} name '{name}' is malformed: {violation}.");
        }
    }

    private static string? Violation(string name, NameValidationPolicyAnnotation policy)
    {
        if (policy.MaxLength is { } max && (name.Length == 0 || name.Length > max))
        {
            return $"it has {name.Length} characters, and 1 to {max} are allowed";
        }

        if (policy.ValidateAllowedCharacters && name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            return "only ASCII letters, digits and hyphens are allowed";
        }

        if (policy.ValidateStartsWithLetter && !char.IsAsciiLetter(name[0]))
        {
            return "it must start with an ASCII letter";
        }

        if (policy.ValidateNoConsecutiveHyphens && name.Contains("--", StringComparison.Ordinal))
        {
            return "two hyphens must not follow each other";
        }

        return policy.ValidateNoTrailingHyphen && name.EndsWith('-') ? "it must not end with a hyphen" : null;
    }
}
