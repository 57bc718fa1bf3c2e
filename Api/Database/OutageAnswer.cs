using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace AspireDeploy.Api.Database;

/// <summary>Answers 503 with <c>Retry-After</c> and problem details while PostgreSQL is out.</summary>
internal sealed class OutageAnswer(IProblemDetailsService problems) : IExceptionHandler
{
    private static readonly string RetryAfter = DatabaseOutage.Break.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!DatabaseOutage.IsOutage(exception))
            return ValueTask.FromResult(false);
        httpContext.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        httpContext.Response.Headers.RetryAfter = RetryAfter;
        return problems.TryWriteAsync(
            new()
            {
                HttpContext = httpContext,
                ProblemDetails = new ProblemDetails
                {
                    Status = StatusCodes.Status503ServiceUnavailable,
                    Detail = "The database can't be reached at the moment; try again shortly.",
                },
            }
        );
    }
}
