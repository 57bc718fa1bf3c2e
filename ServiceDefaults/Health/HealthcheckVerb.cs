using System.Net;
using System.Net.Security;

namespace AspireDeploy.ServiceDefaults.Health;

/// <summary>
/// <c>dotnet X.dll healthcheck [/path]</c>: asks the process that runs with the same settings for its health, so that a container's health
/// check needs no shell and no curl in the image. Exit codes are the ones a container engine knows: 0 healthy, 1 not.
/// </summary>
internal static class HealthcheckVerb
{
    /// <summary>The first argument that asks for the verb.</summary>
    internal const string Name = "healthcheck";

    // A probe's own limit is usually 5 s or more; an answer slower than this is no healthy one.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Asks <see cref="HealthEndpoints.Ready"/>, or the path given first in <paramref name="args"/>, and prints what it says.
    /// </summary>
    internal static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var (path, settings) = args is [['/', ..] given, .. var rest] ? (given, rest) : (HealthEndpoints.Ready, args);
            return await AskAsync(new Uri(ListeningAddress.FromSettings(settings), path));
        }
        catch (SettingException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
    }

    private static async Task<int> AskAsync(Uri endpoint)
    {
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectTimeout = Timeout,
        };
        // Over loopback the process asks itself: there is nobody to tell apart by a certificate, whose name is the public one anyway.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None || endpoint.IsLoopback;
        using var client = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            using var response = await client.GetAsync(endpoint);
            Console.WriteLine(await response.Content.ReadAsStringAsync());
            return response.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
        catch (HttpRequestException failed)
        {
            await Console.Error.WriteLineAsync($"{endpoint} doesn't answer: {failed.Message}");
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{endpoint} doesn't answer within {Timeout.TotalSeconds:0} s.");
        }
        return 1;
    }
}
