namespace Aspire.Hosting.ApplicationModel;

/// <summary>Which rules a resource's name is held to.</summary>
public sealed class NameValidationPolicyAnnotation : IResourceAnnotation
{
    /// <summary>Every rule, with at most 64 characters.</summary>
    public static readonly NameValidationPolicyAnnotation Default = new();

    /// <summary>No rule.</summary>
    public static readonly NameValidationPolicyAnnotation None = new()
    {
        MaxLength = null,
        ValidateStartsWithLetter = false,
        ValidateAllowedCharacters = false,
        ValidateNoConsecutiveHyphens = false,
        ValidateNoTrailingHyphen = false,
    };

    /// <summary>The longest name; null for no limit. The default is 64.</summary>
    public int? MaxLength { get; init; } = ResourceNameRules.MaxLength;

    /// <summary>Whether it must start with an ASCII letter. The default is true.</summary>
    public bool ValidateStartsWithLetter { get; init; } = true;

    /// <summary>Whether it may have only ASCII letters, digits and hyphens. The default is true.</summary>
    public bool ValidateAllowedCharacters { get; init; } = true;

    /// <summary>Whether two hyphens must not follow each other. The default is true.</summary>
    public bool ValidateNoConsecutiveHyphens { get; init; } = true;

    /// <summary>Whether it must not end with a hyphen. The default is true.</summary>
    public bool ValidateNoTrailingHyphen { get; init; } = true;
}
