using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// A registry of images on loopback (https://distribution.github.io/distribution/about/configuration/), which engines trust without TLS.
/// </summary>
internal sealed class ImageRegistry : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly OwnedProcess _process;

    private ImageRegistry(OwnedProcess process, int port)
    {
        _process = process;
        Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    /// <summary>Gets what stands before an image's name: <c>127.0.0.1:port</c>.</summary>
    public string Address { get; }

    /// <param name="programs">Where the registry's program is.</param>
    /// <param name="storage">The directory of what it holds.</param>
    /// <param name="isReadOnly">Whether it refuses pushes, so that several can serve one directory.</param>
    /// <param name="directory">Where its configuration is written.</param>
    /// <param name="network">The network on whose loopback it listens; null: the machine's.</param>
    /// <param name="cancellationToken">Ends the wait for it to answer.</param>
    public static async Task<ImageRegistry> StartAsync(
        DockerPrograms programs,
        string storage,
        bool isReadOnly,
        string directory,
        NetworkNamespace? network,
        CancellationToken cancellationToken
    )
    {
        var port = Engine.FreePort();
        var configuration = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"registry-{port}.yml"));
        await File.WriteAllTextAsync(
            configuration,
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                version: 0.1
                log: { level: error, accesslog: { disabled: true } }
                storage:
                  filesystem: { rootdirectory: {{storage}} }
                  maintenance: { readonly: { enabled: {{(isReadOnly ? "true" : "false")}} } }
                http: { addr: "127.0.0.1:{{port}}", secret: "{{Guid.NewGuid():N}}" }

                """
            ),
            cancellationToken
        );
        string[] command = [programs.Registry, "serve", configuration];
        command = network?.Enter(command) ?? command;
        var process = OwnedProcess.Start(new(command[0], command[1..], directory, new Dictionary<string, string>()));
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(StartLimit);
            while (!await AnswersAsync(port, network, limit.Token))
            {
                if (process.HasExited)
                    throw new InvalidOperationException($"The image registry ended instead of starting: {process.Output}");
                await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
            }
            return new(process, port);
        }
        catch
        {
            process.Dispose();
            throw;
        }
        finally
        {
            // It has been read.
            File.Delete(configuration);
        }
    }

    public async Task StopAsync()
    {
        if (!_process.HasExited)
            await _process.KillAsync();
    }

    public void Dispose() => _process.Dispose();

    private static async Task<bool> AnswersAsync(int port, NetworkNamespace? network, CancellationToken cancellationToken)
    {
        try
        {
            if (network is not null)
            {
                using var socket = await network.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return true;
            }
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
