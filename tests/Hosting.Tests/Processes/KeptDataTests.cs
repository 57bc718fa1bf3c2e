using System.Globalization;
using Npgsql;
using StackExchange.Redis;

namespace AspireDeploy.Hosting.Tests.Processes;

public class KeptDataTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Data_OfVolumesAndBindMounts_OutlivesTheRunAndAChangedPassword()
    {
        using var data = new DataFolder();
        var mount = Directory.CreateTempSubdirectory("aspiredeploy-mount-");
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                mount.UnixFileMode =
                    UnixFileMode.UserRead
                    | UnixFileMode.UserWrite
                    | UnixFileMode.UserExecute
                    | UnixFileMode.GroupExecute
                    | UnixFileMode.OtherExecute;
            }

            var inside = mount.CreateSubdirectory("mine");
            var modes = Modes(mount.FullName, inside.FullName);
            await using (var first = await StartAsync(data, inside.FullName, "one"))
            {
                await WriteAsync(first);
                Assert.Equal("[]", await ValueAsync(first, "thrown"));
            }

            await using (var second = await StartAsync(data, inside.FullName, "two"))
            {
                foreach (var server in new[] { "ledger", "mounted" })
                {
                    await second.UntilHealthyAsync(server);
                    await using var connection = await OpenAsync(second, server);
                    Assert.Equal(42, await new NpgsqlCommand("SELECT n FROM kept", connection).ExecuteScalarAsync(Cancellation));
                }

                Assert.Equal("42", await ValueAsync(second, "sessions"));
                Assert.Equal("[]", await ValueAsync(second, "thrown"));
            }

            Assert.Equal(modes, Modes(mount.FullName, inside.FullName));
            Assert.Empty(data.ThrownAway);
        }
        finally
        {
            mount.Delete(recursive: true);
        }
    }

    private static Task<RunningApp> StartAsync(DataFolder data, string mount, string password) =>
        RunningApp.StartAsync(
            builder =>
            {
                var secret = builder.AddParameter("secret", password, secret: true);
                builder.AddPostgres("ledger", password: secret).WithDataVolume().RunAsProcess();
                builder.AddPostgres("mounted", password: secret).WithDataBindMount(mount).RunAsProcess();
                builder.AddRedis("sessions", password: secret).WithDataVolume("visitors / today").RunAsProcess();
                builder.AddRedis("thrown").RunAsProcess();
            },
            Cancellation,
            data,
            "--DcpPublisher:RandomizePorts=false"
        );

    private static async Task WriteAsync(RunningApp running)
    {
        foreach (var server in new[] { "ledger", "mounted" })
        {
            await running.UntilHealthyAsync(server);
            await using var connection = await OpenAsync(running, server);
            await new NpgsqlCommand("CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)", connection).ExecuteNonQueryAsync(
                Cancellation
            );
        }

        foreach (var server in new[] { "sessions", "thrown" })
        {
            await running.UntilHealthyAsync(server);
        }

        await using var redis = await ConnectionMultiplexer.ConnectAsync(await running.ConnectionStringAsync("sessions"));
        await redis.GetDatabase().StringSetAsync("kept", 42);
    }

    private static async Task<string> ValueAsync(RunningApp running, string server)
    {
        await running.UntilHealthyAsync(server);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(await running.ConnectionStringAsync(server));
        var value = (string?)await redis.GetDatabase().StringGetAsync("kept") ?? "[]";
        if (server == "thrown")
        {
            await redis.GetDatabase().StringSetAsync("kept", 42);
        }

        return value;
    }

    private static async Task<NpgsqlConnection> OpenAsync(RunningApp running, string server)
    {
        var connection = new NpgsqlConnection(await running.ConnectionStringAsync(server) + ";Database=postgres;Pooling=false");
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    // Owner and mode, as the system's own command tells them.
    private static string Modes(params string[] directories)
    {
        if (OperatingSystem.IsWindows())
        {
            return "";
        }

        var start = new System.Diagnostics.ProcessStartInfo("stat", ["-c", "%u %g %a", .. directories]) { RedirectStandardOutput = true };
        using var stat = System.Diagnostics.Process.Start(start)!;
        return string.Create(CultureInfo.InvariantCulture, $"{stat.StandardOutput.ReadToEnd()}");
    }
}
