using System.Text.Json;
using AspireDeploy.Api.Database;
using AspireDeploy.Api.Items;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace AspireDeploy.Api;

/// <summary>Problem details (RFC 9457) for everything that goes wrong, in every environment.</summary>
internal static class Problems
{
    internal static void Add(IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = NameFieldsAsInJson);
        services.AddExceptionHandler<OutageAnswer>();
        services.AddExceptionHandler<BadRequestAnswer>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    internal static void Use(WebApplication app)
    {
        // An outage is logged when it begins, and a bad request is the client's matter: neither is an error of this program's.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = static failure => failure.Exception is DatabaseUnavailableException or BadHttpRequestException,
        });
        app.UseStatusCodePages();
    }

    private static void NameFieldsAsInJson(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is not HttpValidationProblemDetails invalid || ItemJson.Default.Options.PropertyNamingPolicy is not { } naming) return;
        invalid.Errors = invalid.Errors.ToDictionary(error => naming.ConvertName(error.Key), error => error.Value);
    }

    /// <summary>Says what is wrong with a request that can't be read.</summary>
    private sealed class BadRequestAnswer(IProblemDetailsService problems) : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not BadHttpRequestException bad) return ValueTask.FromResult(false);
            httpContext.Response.StatusCode = bad.StatusCode;
            return problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = new ProblemDetails { Status = bad.StatusCode, Detail = Detail(bad) } });
        }

        private static string Detail(BadHttpRequestException bad) => bad switch
        {
            { InnerException: JsonException json } => $"The body can't be read as the JSON that is expected here, at {json.Path ?? "$"}, line {json.LineNumber + 1}.",
            // The framework's own words would name a type of this program's.
            { StatusCode: StatusCodes.Status400BadRequest, InnerException: null } when bad.GetType() == typeof(BadHttpRequestException) =>
                "There is no body; an item is expected here, as JSON.",
            _ => bad.Message,
        };
    }
}
