using Yarp.ReverseProxy.Forwarder;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>
/// What may be sent again to another replica (RFC 9110, section 9.2.2): anything that never reached the first one; and what is idempotent, if its body can be
/// sent again. A change of one version (<c>If-Match</c> with an ETag) is not: were it carried out before the failure, the second try would be told 412.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>How often a request is sent that may have arrived.</summary>
    internal const int Attempts = 4;

    /// <summary>The largest body that is kept to be sent again, in bytes.</summary>
    internal const int LargestKeptBody = 64 << 10;

    /// <summary>Whether a request that may have been carried out may be carried out again.</summary>
    internal static bool IsRepeatable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method)
        || ((HttpMethods.IsPut(request.Method) || HttpMethods.IsDelete(request.Method)) && !IsOfOneVersion(request.Headers));

    /// <summary>Whether a failure means that the replica never saw the request.</summary>
    internal static bool NeverArrived(IForwarderErrorFeature failure) =>
        failure.Error == ForwarderError.NoAvailableDestinations
        || failure.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    /// <summary>Whether a failure is the replica's, and not the client's.</summary>
    internal static bool IsReplicasFault(ForwarderError error) => error is
        ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination
        or ForwarderError.UpgradeRequestDestination or ForwarderError.UpgradeResponseDestination;

    private static bool IsOfOneVersion(IHeaderDictionary headers) =>
        (headers.IfMatch.Count > 0 && headers.IfMatch != "*") || headers.IfNoneMatch.Count > 0 || headers.IfUnmodifiedSince.Count > 0;
}
