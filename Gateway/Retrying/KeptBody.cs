namespace AspireDeploy.Gateway.Retrying;

/// <summary>A request's body, kept so that it can be sent more than once.</summary>
internal static class KeptBody
{
    /// <summary>Reads a small body whole and puts it in place of the client's stream.</summary>
    /// <returns>Whether the request can be sent again: it has no body, or its body is kept.</returns>
    /// <exception cref="BadHttpRequestException">The client broke off, or took too long.</exception>
    internal static async ValueTask<bool> KeepAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is 0 || context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }) return true;
        if (request.ContentLength is not { } length || length > RetryPolicy.LargestKeptBody) return false;
        var kept = new byte[length];
        await request.Body.ReadExactlyAsync(kept, context.RequestAborted);
        request.Body = new MemoryStream(kept, writable: false);
        return true;
    }

    /// <summary>Makes the request ready to be sent again.</summary>
    internal static void Rewind(HttpRequest request)
    {
        if (request.Body is MemoryStream kept) kept.Position = 0;
    }
}
