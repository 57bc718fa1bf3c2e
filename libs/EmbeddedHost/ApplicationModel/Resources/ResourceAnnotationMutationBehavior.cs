namespace Aspire.Hosting.ApplicationModel;

/// <summary>What becomes of earlier annotations of the same type when one is added.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>They stay; the new one stands after them.</summary>
    Append,

    /// <summary>They are removed; the new one stands alone.</summary>
    Replace,
}
