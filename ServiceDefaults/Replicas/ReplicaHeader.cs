using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace AspireDeploy.ServiceDefaults.Replicas;

/// <summary>Puts the answering replica's name on every response, in the header <c>X-Replica</c>.</summary>
internal sealed class ReplicaHeader(IConfiguration configuration) : IStartupFilter
{
    /// <summary>The header's name.</summary>
    internal const string Name = "X-Replica";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        var replica = new StringValues(Printable(ReplicaName.From(configuration)));
        // As the answer starts: an exception handler clears what was set before.
        Func<object, Task> sign = response =>
        {
            ((HttpResponse)response).Headers[Name] = replica;
            return Task.CompletedTask;
        };
        app.Use(following => context =>
        {
            context.Response.OnStarting(sign, context.Response);
            return following(context);
        });
        next(app);
    };

    // A header's value is visible ASCII; anything else would make Kestrel refuse every answer.
    private static string Printable(string name) => string.Create(name.Length, name, static (value, given) =>
    {
        for (var i = 0; i < value.Length; i++) value[i] = given[i] is > ' ' and <= '~' ? given[i] : '-';
    });
}
