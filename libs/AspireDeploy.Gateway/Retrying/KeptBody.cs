using Microsoft.AspNetCore.Http.Features;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>A request's body, kept so that it can be sent more than once.</summary>
internal static class KeptBody
{
    /// <summary>
    /// Reads a small body whole and puts it in place of the client's stream. One that turns out too large is passed on as it comes.
    /// </summary>
    /// <returns>Whether the request can be sent again: it has no body, or its body is kept.</returns>
    /// <exception cref="BadHttpRequestException">The client broke off, or took too long.</exception>
    internal static async ValueTask<bool> KeepAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
            return true;
        if (request.ContentLength > RetryPolicy.LargestKeptBody)
            return false;

        var kept = new byte[(request.ContentLength ?? RetryPolicy.LargestKeptBody) + 1];
        var length = await request.Body.ReadAtLeastAsync(kept, kept.Length, throwOnEndOfStream: false, context.RequestAborted);
        var beginning = new MemoryStream(kept, 0, length, writable: false);
        var isWhole = length < kept.Length;
        request.Body = isWhole ? beginning : new ContinuedStream(beginning, request.Body);
        return isWhole;
    }

    /// <summary>Makes the request ready to be sent again.</summary>
    internal static void Rewind(HttpRequest request)
    {
        if (request.Body is MemoryStream kept)
            kept.Position = 0;
    }
}
