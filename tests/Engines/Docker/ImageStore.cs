using System.Security.Cryptography;
using System.Text;
using AspireDeploy.PostgreSQL;
using AspireDeploy.Tools;

namespace AspireDeploy.Engines.Docker;

/// <summary>
/// The images of <c>Images</c> in a registry's storage, built once per machine and for each change of what they are made of. Those of
/// Docker Hub stand there under their official names and tags, so that an engine that takes the registry for a mirror pulls them as
/// anywhere.
/// </summary>
internal static class ImageStore
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(10);

    /// <summary>Returns the images, by their folder, with the names that they answer to.</summary>
    public static IReadOnlyList<(string Folder, string[] Names)> Images { get; } =
    [
        ("busybox", ["library/busybox:1.37.0"]),
        ("postgres", ["library/postgres:18.3"]),
        ("redis", ["library/redis:8.6"]),
        ("caddy", ["library/caddy:2.11.4-alpine"]),
        ("rabbitmq", ["library/rabbitmq:4.3"]),
        ("node", ["library/node:24-alpine"]),
        ("dotnet", ["dotnet/aspnet:10.0", "dotnet/runtime:10.0"]),
    ];

    private static string Folders => Path.Combine(AppContext.BaseDirectory, "Docker", "Images");

    /// <summary>Returns the directory to serve, and what tells its contents from another's.</summary>
    /// <exception cref="InvalidOperationException">An image can't be built.</exception>
    public static async Task<(string Storage, string Key)> PrepareAsync(
        DockerPrograms programs,
        ToolEnvironment environment,
        ToolCache cache,
        CancellationToken cancellationToken
    )
    {
        var postgres = Path.GetDirectoryName((await PostgresTool.FindAsync(environment, static _ => { }, cancellationToken)).BinDirectory)!;
        var key = await KeyAsync(programs, postgres, cancellationToken);
        var root = Path.Combine(cache.Root, "engine-images");
        var storage = Path.Combine(root, key);
        Directory.CreateDirectory(root);
        using var turn = await FileLock.TakeAsync(Path.Combine(root, "lock"), BuildLimit, cancellationToken)
            ?? throw new InvalidOperationException(
                $"Somebody else has been building the images in {root} for {BuildLimit.TotalMinutes} minutes."
            );
        if (Directory.Exists(storage))
            return (storage, key);

        var staging = Path.Combine(root, "building");
        if (Directory.Exists(staging))
            Directory.Delete(staging, recursive: true);
        await BuildAsync(programs, environment, cache, postgres, staging, cancellationToken);
        Directory.Move(Path.Combine(staging, "storage"), storage);
        Directory.Delete(staging, recursive: true);
        return (storage, key);
    }

    private static async Task BuildAsync(
        DockerPrograms programs,
        ToolEnvironment environment,
        ToolCache cache,
        string postgres,
        string staging,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(staging);
        using var slot = await EngineSlot.TakeAsync(cache, network: null, cancellationToken);
        using var registry = await ImageRegistry.StartAsync(
            programs,
            Path.Combine(staging, "storage"),
            isReadOnly: false,
            staging,
            network: null,
            cancellationToken
        );
        await using var daemon = new DockerDaemon(programs, environment, slot, "building", registry.Address);
        var client = new DockerClient(
            programs.Client,
            DockerClient.Variables(programs, environment, daemon.Host, registry.Address, staging)
        );
        try
        {
            await daemon.StartAsync(cancellationToken);
            foreach (var (folder, names) in Images)
            {
                var context = await ContextAsync(folder, programs, postgres, staging, cancellationToken);
                foreach (var name in names)
                {
                    await client.RunAsync(["build", "--quiet", "--tag", $"{registry.Address}/{name}", "."], context, cancellationToken);
                    await client.RunAsync(["push", "--quiet", $"{registry.Address}/{name}"], context, cancellationToken);
                }
                Directory.Delete(context, recursive: true);
            }
        }
        finally
        {
            await daemon.KillAsync();
            await registry.StopAsync();
            if (Directory.Exists(daemon.Data))
                Directory.Delete(daemon.Data, recursive: true);
        }
    }

    // What the image's Dockerfile copies, beside it.
    private static async Task<string> ContextAsync(
        string folder,
        DockerPrograms programs,
        string postgres,
        string staging,
        CancellationToken cancellationToken
    )
    {
        var context = Path.Combine(staging, folder);
        await CopyAsync(Path.Combine(Folders, folder), context, cancellationToken);
        await CopyAsync(programs.RootFileSystem(folder), Path.Combine(context, "root.tar"), cancellationToken);
        if (folder == "postgres")
            await CopyAsync(postgres, Path.Combine(context, "postgresql"), cancellationToken);
        if (folder == "dotnet")
        {
            foreach (var part in DotnetParts)
            {
                var target = Path.Combine(context, "dotnet", part);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                await CopyAsync(Path.Combine(DotnetRoot, part), target, cancellationToken);
            }
        }
        return context;
    }

    private static async Task CopyAsync(string source, string target, CancellationToken cancellationToken)
    {
        var outcome = await OneShot.RunAsync(
            new("cp", ["--archive", source, target], "/", new Dictionary<string, string>()),
            "",
            cancellationToken
        );
        if (outcome.ExitCode != 0)
            throw new InvalidOperationException($"{source} can't be copied: {outcome.Errors.Trim()}");
    }

    private static string DotnetVersion => Path.GetFileName(Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    private static string DotnetRoot => Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "..", "..", "..", ".."));

    private static string[] DotnetParts =>
        [
            "dotnet",
            "host",
            Path.Combine("shared", "Microsoft.NETCore.App", DotnetVersion),
            Path.Combine("shared", "Microsoft.AspNetCore.App", DotnetVersion),
        ];

    private static async Task<string> KeyAsync(DockerPrograms programs, string postgres, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{programs.Stamp} {postgres} {DotnetVersion} {string.Join(' ', Images.SelectMany(image => image.Names))}"
            )
        );
        foreach (var file in Directory.GetFiles(Folders, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(Folders, file)));
            hash.AppendData(await File.ReadAllBytesAsync(file, cancellationToken));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
