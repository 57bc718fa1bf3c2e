namespace AspireDeploy.Bench.Gateway;

/// <summary>Describes what stands behind every proxy: a bare Kestrel that answers with some JSON.</summary>
internal static class Replica
{
    internal static async Task RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        var body =
            "{\"id\":1,\"name\":\"Plumbus\",\"description\":\"Everybody has one.\",\"price\":6.50,\"tax\":null,\"isOffer\":false}"u8.ToArray();
        app.Run(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body).AsTask();
        });
        await app.RunAsync();
    }
}
