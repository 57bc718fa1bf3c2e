using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace AspireDeploy.Gateway.Requests;

/// <summary>Hears of the requests that Kestrel itself refuses, which it logs with a stack trace or not at all.</summary>
internal sealed class KestrelRefusals(Refusals refusals) : IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Begins to listen.</summary>
    internal static void Hear(IServiceProvider services) =>
        services
            .GetRequiredService<DiagnosticListener>()
            .Subscribe(new KestrelRefusals(services.GetRequiredService<Refusals>()), static name => name == BadRequest);

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (
            value.Value is IFeatureCollection features
            && !Refusals.IsLogged(features)
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException mistake
        )
        {
            refusals.Log(features.Get<IHttpConnectionFeature>()?.RemoteIpAddress, mistake.StatusCode, mistake.Message);
        }
    }

    public void OnCompleted()
    {
        // The gateway stops.
    }

    public void OnError(Exception error)
    {
        // There is none of it.
    }
}
