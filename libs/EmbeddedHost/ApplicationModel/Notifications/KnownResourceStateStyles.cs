namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a state is shown.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>All is well.</summary>
    public static readonly string Success = "success";

    /// <summary>Something failed.</summary>
    public static readonly string Error = "error";

    /// <summary>Good to know.</summary>
    public static readonly string Info = "info";

    /// <summary>Something may be wrong.</summary>
    public static readonly string Warn = "warning";
}
