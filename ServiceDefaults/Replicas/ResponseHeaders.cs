using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace AspireDeploy.ServiceDefaults.Replicas;

/// <summary>
/// Puts on every response the answering replica's name, in the header <c>X-Replica</c>, and <c>X-Content-Type-Options: nosniff</c>: its
/// content is of the type that it says, and of no other that a browser might take it for.
/// </summary>
internal sealed class ResponseHeaders(IConfiguration configuration) : IStartupFilter
{
    /// <summary>The header with the replica's name.</summary>
    internal const string Replica = "X-Replica";

    private static readonly StringValues NoSniff = new("nosniff");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            var replica = new StringValues(Printable(ReplicaName.From(configuration)));
            // As the answer starts: an exception handler clears what was set before.
            Func<object, Task> sign = response =>
            {
                var headers = ((HttpResponse)response).Headers;
                headers[Replica] = replica;
                headers.XContentTypeOptions = NoSniff;
                return Task.CompletedTask;
            };
            app.Use(following =>
                context =>
                {
                    context.Response.OnStarting(sign, context.Response);
                    return following(context);
                }
            );
            next(app);
        };

    // A header's value is visible ASCII; anything else would make Kestrel refuse every answer.
    private static string Printable(string name) => string.Create(name.Length, name, static (value, given) =>
        {
            for (var i = 0; i < value.Length; i++)
                value[i] = given[i] is > ' ' and <= '~' ? given[i] : '-';
        });
}
