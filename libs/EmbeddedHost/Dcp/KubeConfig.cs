using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aspire.Hosting.Dcp;

/// <summary>How to reach a DCP: what it writes into the file that it is given at its start.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Authority">The certificate that its own is held against.</param>
/// <param name="Token">What lets us in.</param>
internal sealed record KubeConfig(Uri Server, X509Certificate2 Authority, string Token)
{
    // Beside the file's notification, which not every file system gives.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits until the file is written whole, and reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writer">The process that DCP is started by; it ends, with code 0, once DCP stands on its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The process has failed without writing it.</exception>
    public static async Task<KubeConfig> AppearsAsync(string path, Process writer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (File.Exists(path) && TryParse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)) is { } config)
            {
                return config;
            }

            if (writer is { HasExited: true, ExitCode: not 0 })
            {
                throw new InvalidOperationException("The process has failed.");
            }

            await Task.Delay(LookAgain, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the one cluster and the one user of a file, or null if it isn't whole.</summary>
    public static KubeConfig? TryParse(string text)
    {
        // The file is YAML, but always of this shape: one "key: value" a line.
        var server = Value("server");
        var authority = Value("certificate-authority-data");
        var token = Value("token");
        return server is null || authority is null || token is null || !text.EndsWith('\n')
            ? null
            : new(new Uri(server + "/"), X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(authority))), token);

        string? Value(string key) => text.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith(key + ":", StringComparison.Ordinal))
            .Select(line => line[(key.Length + 1)..].Trim().Trim('"'))
            .FirstOrDefault(value => value.Length > 0);
    }

    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            MaxConnectionsPerServer = int.MaxValue,
            EnableMultipleHttp2Connections = true,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    RevocationMode = X509RevocationMode.NoCheck,
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { Authority },
                },
            },
        };
        return new HttpClient(handler)
        {
            BaseAddress = Server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version11,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
        };
    }
}
