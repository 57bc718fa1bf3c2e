using System.Net;
using System.Text;
using AspireDeploy.ContractReplica;
using Microsoft.AspNetCore.Server.Kestrel.Core;

// REPLICA_PORTS is two ports: for HTTP/1.1, and for HTTP/2 without TLS.
var builder = WebApplication.CreateSlimBuilder(args);
var ports = builder.Configuration["REPLICA_PORTS"]!.Split(';');
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(server =>
{
    server.Listen(IPAddress.Loopback, int.Parse(ports[0], null), listen => listen.Protocols = HttpProtocols.Http1);
    server.Listen(IPAddress.Loopback, int.Parse(ports[1], null), listen => listen.Protocols = HttpProtocols.Http2);
    server.Limits.MaxRequestBodySize = null;
    server.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
    server.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
});
builder.Services.AddGrpc();
builder.Services.AddSingleton<Behavior>();
var app = builder.Build();
app.UseWebSockets();
app.MapGrpcService<EchoService>();
app.MapFallback("{**path}", (HttpContext context, Behavior behavior) => behavior.AnswerAsync(context));
await app.RunAsync();
