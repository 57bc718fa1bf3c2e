using Microsoft.AspNetCore.HttpsPolicy;

namespace AspireDeploy.Gateway.Https;

/// <summary>Describes where HTTPS is served, plain HTTP only sends on to it, method and body unchanged (308).</summary>
internal static class HttpsRedirect
{
    internal static void Use(WebApplication app)
    {
        if (GatewayCertificate.IsWanted(app.Configuration) && app.Configuration.GetValue("Gateway:RedirectToHttps", defaultValue: true))
            app.UseHttpsRedirection();
    }

    internal static void Add(IServiceCollection services) =>
        services.Configure<HttpsRedirectionOptions>(options => options.RedirectStatusCode = StatusCodes.Status308PermanentRedirect);
}
