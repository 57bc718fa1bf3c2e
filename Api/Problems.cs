using System.Text.Json;
using AspireDeploy.Api.Database;
using AspireDeploy.Api.Items;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace AspireDeploy.Api;

/// <summary>Problem details (RFC 9457) for everything that goes wrong, in every environment.</summary>
internal static class Problems
{
    internal static void Add(IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = NameFieldsAsInJson);
        services.AddExceptionHandler<FailureAnswer>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    internal static void Use(WebApplication app)
    {
        // An outage is logged when it begins, and a bad request is the client's matter: neither is an error of this program's.
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                SuppressDiagnosticsCallback = static failure =>
                    failure.Exception is BadHttpRequestException || DatabaseOutage.IsOutage(failure.Exception),
            }
        );
        app.UseStatusCodePages();
        app.Use(static following =>
            context =>
                context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null || IsUtf8(context.Request)
                    ? following(context)
                    : NotUtf8().ExecuteAsync(context)
        );
    }

    private static ProblemHttpResult NotUtf8() =>
        TypedResults.Problem(
            "JSON is read as UTF-8 (RFC 8259, 8.1); leave the charset out.",
            statusCode: StatusCodes.Status415UnsupportedMediaType
        );

    // The framework's reader throws where it doesn't know a charset, and where one stands in quotes; so it is judged here, and taken off.
    private static bool IsUtf8(HttpRequest request)
    {
        if (!request.HasJsonContentType() || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return true;
        if (!type.Charset.HasValue)
            return true;
        if (!HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return false;
        request.ContentType = type.MediaType.Value;
        return true;
    }

    private static void NameFieldsAsInJson(ProblemDetailsContext context)
    {
        if (
            context.ProblemDetails is not HttpValidationProblemDetails invalid
            || ItemJson.Default.Options.PropertyNamingPolicy is not { } naming
        )
            return;
        invalid.Errors = invalid.Errors.ToDictionary(error => naming.ConvertName(error.Key), error => error.Value);
    }

    /// <summary>
    /// Answers 503 with <c>Retry-After</c> while PostgreSQL is out, and says what is wrong with a request that can't be read.
    /// </summary>
    private sealed class FailureAnswer(IProblemDetailsService problems) : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            ProblemDetails? details = exception switch
            {
                BadHttpRequestException bad => new() { Status = bad.StatusCode, Detail = Detail(bad) },
                _ when DatabaseOutage.IsOutage(exception) => new()
                {
                    Status = StatusCodes.Status503ServiceUnavailable,
                    Detail = "The database can't be reached at the moment; try again shortly.",
                },
                _ => null,
            };
            if (details is null)
                return new(false);
            httpContext.Response.StatusCode = details.Status!.Value;
            if (details.Status == StatusCodes.Status503ServiceUnavailable)
                httpContext.Response.Headers.RetryAfter = $"{DatabaseOutage.Break.TotalSeconds:0}";
            return problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = details });
        }

        private static string Detail(BadHttpRequestException bad) =>
            bad switch
            {
                { InnerException: JsonException json } =>
                    $"The body can't be read as the JSON that is expected here, at {json.Path ?? "$"}, line {json.LineNumber + 1}.",
                // The framework's own words would name a type of this program's.
                { StatusCode: StatusCodes.Status400BadRequest, InnerException: null }
                    when bad.GetType() == typeof(BadHttpRequestException) => "There is no body; an item is expected here, as JSON.",
                _ => bad.Message,
            };
    }
}
