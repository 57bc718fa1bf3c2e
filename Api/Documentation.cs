using Scalar.AspNetCore;

namespace AspireDeploy.Api;

/// <summary>The API described: <c>/openapi/v1.json</c>, and a page to read and try it at <c>/docs</c>.</summary>
internal static class Documentation
{
    private const string Title = "Items";

    internal static void Add(IServiceCollection services) => services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = Title;
        document.Info.Description = "The catalog's items. Every answer names the replica that gave it in the header X-Replica.";
        return Task.CompletedTask;
    }));

    internal static void Map(WebApplication app)
    {
        app.MapOpenApi();
        // The page's files come from the API itself, and nothing on it asks anything of the internet.
        app.MapScalarApiReference("/docs", page => page
            .WithTitle(Title)
            .WithDynamicBaseServerUrl()
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton());
    }
}
