using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using AspireDeploy.Api.Items;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace AspireDeploy.Api;

/// <summary>The API described: <c>/openapi/v1.json</c>, and a page to read and try it at <c>/docs</c>.</summary>
internal static class Documentation
{
    private const string Title = "Items";

    internal static void Add(IServiceCollection services) =>
        services.AddOpenApi(options =>
            options
                .AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info.Title = Title;
                        document.Info.Description =
                            "The catalog's items. Every answer names the replica that gave it in the header X-Replica.";
                        // Where the document came from: the address that a replica sees itself at is no one's beyond the gateway.
                        document.Servers = [new() { Url = "/" }];
                        return Task.CompletedTask;
                    }
                )
                .AddOperationTransformer(
                    (operation, _, _) =>
                    {
                        DescribeHeaders(operation);
                        return Task.CompletedTask;
                    }
                )
                .AddSchemaTransformer(
                    (schema, context, _) =>
                    {
                        if (context.JsonPropertyInfo?.AttributeProvider is { } property)
                            DescribeRules(schema, property);
                        return Task.CompletedTask;
                    }
                )
        );

    internal static void Map(WebApplication app)
    {
        AnswerHead(app.MapOpenApi());
        // The page's files come from the API itself, and nothing on it asks anything of the internet.
        AnswerHead(
            app.MapScalarApiReference("/docs", page =>
                page.WithTitle(Title)
                    .WithDynamicBaseServerUrl()
                    .DisableDefaultFonts()
                    .DisableTelemetry()
                    .DisableAgent()
                    .DisableMcp()
                    .HideDeveloperTools()
                    .HideClientButton()
            )
        );
    }

    private static void AnswerHead(IEndpointConventionBuilder endpoints) =>
        endpoints.Add(static endpoint =>
        {
            if (
                endpoint.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { } methods
                && methods.HttpMethods.Contains(HttpMethods.Get)
            )
                endpoint.Metadata.Add(new HttpMethodMetadata([.. methods.HttpMethods, HttpMethods.Head]));
        });

    private static void DescribeHeaders(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            var header = (status, operation.OperationId) switch
            {
                ("503", _) => (Name: "Retry-After", Description: "Seconds to wait before trying again."),
                ("200" or "201" or "304", not ItemEndpoints.ListName) => (
                    Name: "ETag",
                    Description: "The item's version, as If-Match and If-None-Match take it."
                ),
                _ => default,
            };
            if (header.Name is null || response is not OpenApiResponse described)
                continue;
            described.Headers ??= new Dictionary<string, IOpenApiHeader>();
            described.Headers[header.Name] = new OpenApiHeader
            {
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    private static void DescribeRules(OpenApiSchema schema, ICustomAttributeProvider property)
    {
        // What is required may be left out in C#, so that validation can say so, but not in JSON.
        if (property.IsDefined(typeof(RequiredAttribute), inherit: true))
            schema.Type &= ~JsonSchemaType.Null;
        if (!property.IsDefined(typeof(MoneyAttribute), inherit: true))
            return;
        schema.Minimum = "0";
        schema.Maximum = MoneyAttribute.Most.ToString(CultureInfo.InvariantCulture);
        schema.MultipleOf = MoneyAttribute.Cent;
    }
}
