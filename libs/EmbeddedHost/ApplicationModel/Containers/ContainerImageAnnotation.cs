namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image of a container.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    private string? _tag;
    private string? _sha256;

    /// <summary>The registry; the engine's default if null.</summary>
    public string? Registry { get; set; }

    /// <summary>The image's name.</summary>
    public required string Image { get; set; }

    /// <summary>The tag. Setting it forgets the digest.</summary>
    public string? Tag
    {
        get => _tag;
        set
        {
            _tag = value;
            _sha256 = null;
        }
    }

    /// <summary>The digest, in hexadecimal. Setting it forgets the tag.</summary>
    public string? SHA256
    {
        get => _sha256;
        set
        {
            _sha256 = value;
            _tag = null;
        }
    }

    /// <summary>The image as it is written.</summary>
    internal string Reference => $"{(string.IsNullOrEmpty(Registry) ? "" : $"{Registry}/")}{Image}{Version}";

    private string Version => !string.IsNullOrEmpty(SHA256) ? $"@sha256:{SHA256}" : string.IsNullOrEmpty(Tag) ? "" : $":{Tag}";
}
