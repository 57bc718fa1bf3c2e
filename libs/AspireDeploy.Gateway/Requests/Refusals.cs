using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace AspireDeploy.Gateway.Requests;

/// <summary>Answers what the gateway doesn't pass on, by problem details (RFC 9457), and logs a client's mistake in one line.</summary>
internal sealed class Refusals(ILogger<Refusals> logger)
{
    private static readonly object Logged = new();

    /// <summary>Refuses a request for a mistake of the client's.</summary>
    internal Task RefuseAsync(HttpContext context, int status, string title)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Items[Logged] = true;
        Log(context.Connection.RemoteIpAddress, status, title);
        return WriteAsync(context, status, title);
    }

    /// <summary>Logs a client's mistake that is answered already.</summary>
    internal void Log(IPAddress? client, int status, string title) =>
        logger.LogInformation("{Status} for {Client}, a client's mistake: {Reason}", status, client, title);

    /// <summary>Returns whether a mistake of this request is in the log already.</summary>
    internal static bool IsLogged(IFeatureCollection features) => features.Get<IItemsFeature>()?.Items.ContainsKey(Logged) == true;

    /// <summary>Writes an answer.</summary>
    internal static Task WriteAsync(HttpContext context, int status, string title)
    {
        context.Response.StatusCode = status;
        return Results.Problem(new ProblemDetails { Status = status, Title = title }).ExecuteAsync(context);
    }
}
