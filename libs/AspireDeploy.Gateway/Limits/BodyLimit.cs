namespace AspireDeploy.Gateway.Limits;

/// <summary>Refuses a body that says it is too large before anything of the request is passed on.</summary>
internal static class BodyLimit
{
    internal static void Use(WebApplication app, RequestLimits limits) => app.Use((context, next) =>
    {
        if (!(context.Request.ContentLength > limits.BodyBytes)) return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });
}
