namespace Aspire.Hosting.ApplicationModel;

/// <summary>An image as it is written: <c>[HOST[:PORT]/]NAME[:TAG][@sha256:DIGEST]</c>.</summary>
internal sealed record ImageReference(string Image, string? Tag, string? Sha256)
{
    /// <exception cref="ArgumentException">It is malformed.</exception>
    public static ImageReference Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var digest = text.IndexOf('@', StringComparison.Ordinal);
        var name = digest < 0 ? text : text[..digest];
        if (digest >= 0 && !text.AsSpan(digest).StartsWith("@sha256:"))
        {
            throw new ArgumentException($"Image '{text}' is malformed: the digest must be one of SHA-256.", nameof(text));
        }

        // A colon before the last slash belongs to a registry's port.
        var colon = name.LastIndexOf(':');
        var hasTag = colon > name.LastIndexOf('/');
        return new(hasTag ? name[..colon] : name, hasTag ? name[(colon + 1)..] : null, digest < 0 ? null : text[(digest + "@sha256:".Length)..]);
    }
}
