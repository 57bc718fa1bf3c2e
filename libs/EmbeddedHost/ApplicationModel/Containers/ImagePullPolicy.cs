namespace Aspire.Hosting.ApplicationModel;

/// <summary>When an image is pulled.</summary>
public enum ImagePullPolicy
{
    /// <summary>As the engine has it.</summary>
    Default,

    /// <summary>At every start.</summary>
    Always,

    /// <summary>If the machine hasn't got it.</summary>
    Missing,

    /// <summary>Never.</summary>
    Never,
}
