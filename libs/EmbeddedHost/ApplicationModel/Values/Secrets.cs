namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells which values are made from secrets.</summary>
internal static class Secrets
{
    /// <summary>Whether a value, or anything that it is made from, is a secret parameter.</summary>
    public static bool IsSecret(object? value) => IsSecret(value, []);

    private static bool IsSecret(object? value, HashSet<object> seen) => value switch
    {
        null or string => false,
        SecretText => true,
        ParameterResource parameter => parameter.Secret,
        IResourceBuilder<IResource> builder => IsSecret(builder.Resource, seen),
        IValueWithReferences made when seen.Add(made) => made.References.Any(part => IsSecret(part, seen)),
        _ => false,
    };
}
