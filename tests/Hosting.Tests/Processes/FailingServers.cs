using AspireDeploy.Processes;

namespace AspireDeploy.Hosting.Tests.Processes;

/// <summary>Servers each of which can't start, for a reason of its own, and one that waits for one of them.</summary>
public sealed class FailingServers : IAsyncLifetime
{
    private readonly DataFolder _data = new();
    private readonly DirectoryInfo _old = Directory.CreateTempSubdirectory("aspiredeploy-old-");
    private readonly DirectoryInfo _foreign = Directory.CreateTempSubdirectory("aspiredeploy-foreign-");
    private readonly DirectoryInfo _used = Directory.CreateTempSubdirectory("aspiredeploy-used-");
    private DataDirectory? _inUse;

    /// <summary>Gets or sets the application.</summary>
    internal RunningApp Running { get; private set; } = null!;

    /// <summary>Gets where the data of another version is.</summary>
    public string OldData => Path.Combine(_old.FullName, "data");

    /// <summary>Gets where there are files of something else.</summary>
    public string ForeignData => Path.Combine(_foreign.FullName, "data");

    /// <summary>Gets the directory that another run has taken.</summary>
    public string UsedPlace => _used.FullName;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        foreach (var directory in new[] { _old, _foreign, _used })
        {
            if (!OperatingSystem.IsWindows())
            {
                directory.UnixFileMode |= UnixFileMode.OtherExecute;
            }
        }

        Directory.CreateDirectory(OldData);
        await File.WriteAllTextAsync(Path.Combine(OldData, "PG_VERSION"), "12\n");
        Directory.CreateDirectory(ForeignData);
        await File.WriteAllTextAsync(Path.Combine(ForeignData, "notes.txt"), "mine");
        _inUse = DataDirectory.OfBindMount(UsedPlace);
        Running = await RunningApp.StartAsync(Declare, TestContext.Current.CancellationToken, _data, "--DcpPublisher:RandomizePorts=false");
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        await _inUse!.DisposeAsync();
        _old.Delete(recursive: true);
        _foreign.Delete(recursive: true);
        _used.Delete(recursive: true);
        _data.Dispose();
    }

    private void Declare(IDistributedApplicationTestingBuilder builder)
    {
        builder.AddPostgres("old").WithDataBindMount(_old.FullName).RunAsProcess().AddDatabase("table");
        builder.AddPostgres("foreign").WithDataBindMount(_foreign.FullName).RunAsProcess();
        builder.AddPostgres("used").WithDataBindMount(UsedPlace).RunAsProcess();
        var twice = builder.AddRedis("used-cache").WithDataBindMount(UsedPlace).RunAsProcess();
        builder.AddRedis("accented", password: builder.AddParameter("accented-password", "é", secret: true)).RunAsProcess();
        builder.AddExecutable("waiting", "/bin/sh", ".", "-c", "exec sleep 600").WaitFor(twice);
    }
}
