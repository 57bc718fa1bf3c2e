using Yarp.ReverseProxy.Forwarder;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>
/// What may be sent again to another replica (RFC 9110, section 9.2.2): anything that never reached the first one; and what is idempotent, if its body can be
/// sent again. A change of one version (<c>If-Match</c> with an ETag) is not: were it carried out before the failure, the second try would be told 412.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>
    /// How often a request that may have arrived is sent to the same run of a replica. There is no such bound on runs: replicas that are killed one after another may all be lost to one
    /// slow request, and each that comes back is another.
    /// </summary>
    internal const int AttemptsPerReplica = 4;

    /// <summary>The largest body that is kept to be sent again, in bytes.</summary>
    internal const int LargestKeptBody = 64 << 10;

    /// <summary>Whether a request that may have been carried out may be carried out again.</summary>
    internal static bool IsRepeatable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method)
        || ((HttpMethods.IsPut(request.Method) || HttpMethods.IsDelete(request.Method)) && !IsOfOneVersion(request.Headers));

    /// <summary>Whether a failure means that the replica never saw the request.</summary>
    internal static bool NeverArrived(IForwarderErrorFeature failure) =>
        failure.Error == ForwarderError.NoAvailableDestinations
        || IsNotAccepted(failure)
        || failure.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    /// <summary>Whether a failure is the replica's, and not the client's.</summary>
    internal static bool IsReplicasFault(IForwarderErrorFeature failure) => IsNotAccepted(failure) || failure.Error is
        ForwarderError.Request or ForwarderError.RequestBodyDestination or ForwarderError.ResponseHeaders or ForwarderError.ResponseBodyDestination
        or ForwarderError.UpgradeRequestDestination or ForwarderError.UpgradeResponseDestination;

    // A connection that isn't accepted in time ends like an answer that takes too long, but for this inner exception.
    private static bool IsNotAccepted(IForwarderErrorFeature failure) => failure is { Error: ForwarderError.RequestTimedOut, Exception: OperationCanceledException { InnerException: TimeoutException } };

    private static bool IsOfOneVersion(IHeaderDictionary headers) =>
        (headers.IfMatch.Count > 0 && headers.IfMatch != "*") || headers.IfNoneMatch.Count > 0 || headers.IfUnmodifiedSince.Count > 0;
}
