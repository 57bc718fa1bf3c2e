using System.Net.Sockets;
using AspireDeploy.Gateway.Replicas;
using Yarp.ReverseProxy.Forwarder;

namespace AspireDeploy.Gateway.Retrying;

/// <summary>
/// Describes what may be sent again to another replica (RFC 9110, section 9.2.2): anything that never reached the first one; and what is
/// idempotent, if its body can be sent again. A change of one version (<c>If-Match</c>) is not: were it carried out before the failure, the
/// second try would be told 412.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>
    /// Gets how often a request that may have arrived is sent in all: one that ends the replica that it reaches must not end them all again
    /// and again.
    /// </summary>
    internal const int Deliveries = 4;

    /// <summary>Gets the largest body that is kept to be sent again, in bytes.</summary>
    internal const int LargestKeptBody = 64 << 10;

    /// <summary>Returns whether a request that may have been carried out may be carried out again.</summary>
    internal static bool IsRepeatable(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || HttpMethods.IsOptions(request.Method)
        || (HttpMethods.IsPut(request.Method) && !IsOfOneVersion(request.Headers, exists: request.Headers.IfMatch == "*"))
        || (HttpMethods.IsDelete(request.Method) && !IsOfOneVersion(request.Headers, exists: false));

    /// <summary>Returns whether a failure means that the replica never saw the request.</summary>
    internal static bool NeverArrived(IForwarderErrorFeature failure) =>
        failure.Error == ForwarderError.NoAvailableDestinations
        || IsNotAccepted(failure)
        || (
            failure.Error == ForwarderError.Request
            && Causes(failure.Exception)
                .Any(static cause =>
                    cause is ReplicaLeftException || (cause is HttpRequestException request && IsOfConnecting(request.HttpRequestError))
                )
        );

    /// <summary>Returns whether a failure is the replica's, and not the client's.</summary>
    internal static bool IsReplicasFault(IForwarderErrorFeature failure) =>
        failure.Error switch
        {
            // What can't be sent at all is nobody's but the client's.
            ForwarderError.Request => Causes(failure.Exception)
                .Any(cause =>
                    cause is IOException or SocketException or HttpRequestException { HttpRequestError: not HttpRequestError.Unknown }
                ),
            ForwarderError.RequestBodyDestination
            or ForwarderError.ResponseHeaders
            or ForwarderError.ResponseBodyDestination
            or ForwarderError.UpgradeRequestDestination
            or ForwarderError.UpgradeResponseDestination => true,
            _ => IsNotAccepted(failure),
        };

    /// <summary>Returns the client's mistake that a failure comes of: a body that isn't as it should be. Null where it is none.</summary>
    internal static BadHttpRequestException? ClientsMistake(IForwarderErrorFeature failure)
    {
        if (failure.Error != ForwarderError.RequestBodyClient)
            return null;
        var causes = Causes(failure.Exception).ToList();
        if (causes.OfType<BadHttpRequestException>().FirstOrDefault() is { } mistake)
            return mistake;
        // Kestrel's, of the length of a chunk that is larger than any number.
        return causes.OfType<OverflowException>().Any() ? new("Bad chunk size data.") : null;
    }

    private static bool IsOfConnecting(HttpRequestError error) =>
        error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        if (exception is null)
            return [];
        var inner = exception is AggregateException several ? several.InnerExceptions.SelectMany(Causes) : Causes(exception.InnerException);
        return inner.Prepend(exception);
    }

    // A connection that isn't accepted in time ends like an answer that takes too long, but for this inner exception.
    private static bool IsNotAccepted(IForwarderErrorFeature failure) =>
        failure is { Error: ForwarderError.RequestTimedOut, Exception: OperationCanceledException { InnerException: TimeoutException } };

    // What exists (If-Match: *) still does when it has been put once, and no longer when it has been deleted.
    private static bool IsOfOneVersion(IHeaderDictionary headers, bool exists) =>
        (headers.IfMatch.Count > 0 && !exists) || headers.IfNoneMatch.Count > 0 || headers.IfUnmodifiedSince.Count > 0;
}
