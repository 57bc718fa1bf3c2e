using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Images;

/// <summary>A registry on loopback with one small base image, for the .NET SDK to build on where no other registry can be reached.</summary>
internal sealed class BaseImageRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _application;
    private readonly Dictionary<string, byte[]> _blobs = [];

    private BaseImageRegistry(WebApplication application) => _application = application;

    /// <summary>The base image's name.</summary>
    public string Image => $"localhost:{new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port}/base:1";

    public static async Task<BaseImageRegistry> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var registry = new BaseImageRegistry(builder.Build());
        registry.Map();
        await registry._application.StartAsync(cancellationToken);
        return registry;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private void Map()
    {
        var tar = EmptyTar();
        var layer = Compressed(tar);
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture = "amd64",
            os = "linux",
            config = new { },
            rootfs = new { type = "layers", diff_ids = new[] { Digest(tar) } },
        });
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = "application/vnd.docker.container.image.v1+json", size = config.Length, digest = Add(config) },
            layers = new[] { new { mediaType = "application/vnd.docker.image.rootfs.diff.tar.gzip", size = layer.Length, digest = Add(layer) } },
        });

        _application.MapMethods("/v2/", ["GET", "HEAD"], () => Results.Ok());
        _application.MapMethods("/v2/base/manifests/{reference}", ["GET", "HEAD"], (HttpContext context) =>
        {
            context.Response.Headers["Docker-Content-Digest"] = Digest(manifest);
            return Results.Bytes(manifest, ManifestType);
        });
        _application.MapMethods("/v2/base/blobs/{digest}", ["GET", "HEAD"], (string digest) => Results.Bytes(_blobs[digest], "application/octet-stream"));
    }

    private string Add(byte[] blob)
    {
        _blobs[Digest(blob)] = blob;
        return Digest(blob);
    }

    private static string Digest(byte[] blob) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(blob))}";

    private static byte[] EmptyTar()
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "etc/base") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes("base")), ModificationTime = DateTimeOffset.UnixEpoch });
        }

        return stream.ToArray();
    }

    private static byte[] Compressed(byte[] content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }
}
