using System.Diagnostics;
using System.Globalization;
using AspireDeploy.Engines.Docker;
using AspireDeploy.Workload;
using Npgsql;
using StackExchange.Redis;

namespace Engines.Tests.Docker;

/// <summary>The images stand in for the official ones, so they must do what those promise.</summary>
public sealed class DockerImagesTests(SharedDocker docker) : IClassFixture<SharedDocker>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_EmptyData_HasUserPasswordAndDatabaseOfItsVariables()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var container = await engine.RunAsync(
            [
                "run",
                "--detach",
                "--publish",
                "127.0.0.1::5432",
                "--env",
                "POSTGRES_USER=ann",
                "--env",
                "POSTGRES_PASSWORD=s3cr't $x",
                "--env",
                "POSTGRES_DB=my db",
                "postgres:18.3",
            ],
            Cancellation
        );

        var port = await PortAsync(engine, container, 5432);
        await AnswersAsync(Connection(port, "ann", "s3cr't $x", "my db"));

        Assert.Equal(
            "18",
            (await AskAsync(Connection(port, "ann", "s3cr't $x", "my db"), "SHOW server_version"))?.ToString()?.Split('.')[0]
        );
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => AskAsync(Connection(port, "ann", "wrong", "my db"), "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
    }

    [Fact]
    public async Task Postgres_PasswordInFile_WithoutRootOnReadOnlyFiles_KeepsDataInItsVolume()
    {
        var engine = await docker.StartedAsync(Cancellation);
        string[] run =
        [
            "run",
            "--detach",
            "--user",
            "999:999",
            "--read-only",
            "--tmpfs",
            "/tmp",
            "--tmpfs",
            "/var/run/postgresql:uid=999",
            "--cap-drop",
            "ALL",
            "--volume",
            "kept:/var/lib/postgresql",
            "--publish",
            "127.0.0.1::5432",
            "--env",
            "POSTGRES_PASSWORD_FILE=/etc/hostname",
            "--hostname",
            "from-a-file",
            "postgres:18.3",
        ];
        var first = await engine.RunAsync(run, Cancellation);
        var connection = Connection(await PortAsync(engine, first, 5432), "postgres", "from-a-file", "postgres");
        await AnswersAsync(connection);
        await AskAsync(connection, "CREATE TABLE item (id int); INSERT INTO item VALUES (1), (2)");
        await engine.RunAsync(["stop", first.Trim()], Cancellation);

        var second = await engine.RunAsync(run, Cancellation);
        connection = Connection(await PortAsync(engine, second, 5432), "postgres", "from-a-file", "postgres");
        await AnswersAsync(connection);

        Assert.Equal(2L, await AskAsync(connection, "SELECT count(*) FROM item"));
        Assert.Equal("0", (await engine.RunAsync(["inspect", "--format", "{{.State.ExitCode}}", first.Trim()], Cancellation)).Trim());
        Assert.Contains(
            "accepting connections",
            await engine.RunAsync(["exec", second.Trim(), "pg_isready", "--host=127.0.0.1"], Cancellation),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Postgres_WithoutPassword_RefusesToStart()
    {
        var engine = await docker.StartedAsync(Cancellation);

        var outcome = await engine.TryRunAsync(["run", "--rm", "postgres:18.3"], Cancellation);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("superuser password is not specified", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postgres_ScriptsOfItsDirectory_RunOnceBeforeItAnswers()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var scripts = OpenDirectory("initdb-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(scripts.FullName, "1.sql"), "CREATE TABLE made (by text);", Cancellation);
            await File.WriteAllTextAsync(
                Path.Combine(scripts.FullName, "2.sh"),
                "psql --dbname \"$POSTGRES_DB\" --command \"INSERT INTO made VALUES ('script')\"",
                Cancellation
            );
            var container = await engine.RunAsync(
                [
                    "run",
                    "--detach",
                    "--publish",
                    "127.0.0.1::5432",
                    "--env",
                    "POSTGRES_PASSWORD=x",
                    "--volume",
                    scripts.FullName + ":/docker-entrypoint-initdb.d:ro",
                    "postgres:18.3",
                ],
                Cancellation
            );
            var connection = Connection(await PortAsync(engine, container, 5432), "postgres", "x", "postgres");
            await AnswersAsync(connection);

            Assert.Equal("script", await AskAsync(connection, "SELECT by FROM made"));
        }
        finally
        {
            scripts.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task BusyBox_Nc_TellsWhetherSomebodyListens()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var server = (await engine.RunAsync(["run", "--detach", "busybox:1.37.0", "httpd", "-f", "-p", "8080"], Cancellation)).Trim();

        await Until.TrueAsync(() => CodeAsync(8080, 0), TimeSpan.FromMinutes(1), () => "Nobody listened.", Cancellation);
        Assert.True(await CodeAsync(8081, 1));

        async Task<bool> CodeAsync(int port, int code) =>
            (await engine.TryRunAsync(["exec", server, "sh", "-c", $"nc -z -w 5 127.0.0.1 {port}"], Cancellation)).ExitCode == code;
    }

    [Theory]
    [InlineData("redis:8.6", "--requirepass", "secret")]
    [InlineData("redis:8.6", "redis-server", "--requirepass", "secret")]
    public async Task Redis_PasswordInArguments_IsAskedFor(params string[] imageAndArguments)
    {
        var engine = await docker.StartedAsync(Cancellation);
        var container = await engine.RunAsync(["run", "--detach", "--publish", "127.0.0.1::6379", .. imageAndArguments], Cancellation);
        var address = $"127.0.0.1:{await PortAsync(engine, container, 6379)}";

        await using var client = await ConnectionMultiplexer.ConnectAsync($"{address},password=secret,abortConnect=false,connectRetry=20");
        await Until.TrueAsync(() => client.IsConnected, "Redis never answered.", Cancellation);

        Assert.True(await client.GetDatabase().StringSetAsync("key", "value"));
        Assert.Contains(
            "NOAUTH",
            await engine.RunAsync(["exec", container.Trim(), "redis-cli", "ping"], Cancellation),
            StringComparison.Ordinal
        );
        Assert.Equal("redis", (await engine.RunAsync(["exec", container.Trim(), "stat", "-c", "%U", "/proc/1/exe"], Cancellation)).Trim());
    }

    [Fact]
    public async Task Caddy_CaddyfileInItsPlace_IsServed()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var directory = OpenDirectory("caddy-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(directory.FullName, "Caddyfile"),
                ":80 {\n\trespond \"from the Caddyfile\"\n}\n",
                Cancellation
            );
            var container = await engine.RunAsync(
                ["run", "--detach", "--publish", "127.0.0.1::80", "--volume", directory.FullName + ":/etc/caddy:ro", "caddy:2.11.4-alpine"],
                Cancellation
            );
            using var client = new HttpClient();
            var address = new Uri($"http://127.0.0.1:{await PortAsync(engine, container, 80)}/");

            await Until.TrueAsync(
                async () => await client.GetStringAsync(address, Cancellation) == "from the Caddyfile",
                TimeSpan.FromMinutes(1),
                () => "Caddy never answered.",
                Cancellation
            );
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Dotnet_OwnUser_HasTheRuntimesOfAWebApplication()
    {
        var engine = await docker.StartedAsync(Cancellation);

        var runtimes = await engine.RunAsync(
            ["run", "--rm", "--user", "1654", "--read-only", engine.BaseImages + "/dotnet/aspnet:10.0", "dotnet", "--list-runtimes"],
            Cancellation
        );

        Assert.Contains("Microsoft.AspNetCore.App 10.0.", runtimes, StringComparison.Ordinal);
        Assert.Contains("Microsoft.NETCore.App 10.0.", runtimes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dotnet_BaseOfPublishedProject_MakesAnImageThatServes()
    {
        var engine = await docker.StartedAsync(Cancellation);
        var project = Directory.CreateTempSubdirectory("published-");
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(project.FullName, "hello.csproj"),
                """
                <Project Sdk="Microsoft.NET.Sdk.Web">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><UseAppHost>false</UseAppHost></PropertyGroup>
                </Project>
                """,
                Cancellation
            );
            await File.WriteAllTextAsync(
                Path.Combine(project.FullName, "Program.cs"),
                """var app = WebApplication.Create(); app.MapGet("/", () => $"hello from {Environment.UserName}"); app.Run();""",
                Cancellation
            );
            await PublishAsync(engine, project.FullName, "hello", "1.0");

            var container = await engine.RunAsync(["run", "--detach", "--publish", "127.0.0.1::8080", "hello:1.0"], Cancellation);
            using var client = new HttpClient();
            var address = new Uri($"http://127.0.0.1:{await PortAsync(engine, container, 8080)}/");

            await Until.TrueAsync(
                async () => await client.GetStringAsync(address, Cancellation) == "hello from app",
                TimeSpan.FromMinutes(1),
                () => "It never answered.",
                Cancellation
            );
        }
        finally
        {
            project.Delete(recursive: true);
        }
    }

    private static async Task PublishAsync(DockerEngine engine, string project, string repository, string tag)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "publish",
                project,
                "--nologo",
                "--verbosity",
                "quiet",
                "--disable-build-servers",
                "--target:PublishContainer",
                "--property:ContainerBaseImage=" + engine.BaseImages + "/dotnet/aspnet:10.0",
                "--property:ContainerRepository=" + repository,
                "--property:ContainerImageTag=" + tag,
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in engine.Environment)
            start.Environment[name] = value;
        using var publish = Process.Start(start)!;
        var output = await publish.StandardOutput.ReadToEndAsync(Cancellation);
        await publish.WaitForExitAsync(Cancellation);
        Assert.True(publish.ExitCode == 0, output);
    }

    // Temporary directories are their owner's alone; users of containers are others.
    private static DirectoryInfo OpenDirectory(string prefix)
    {
        var directory = Directory.CreateTempSubdirectory(prefix);
        if (!OperatingSystem.IsWindows())
            directory.UnixFileMode |=
                UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        return directory;
    }

    private static string Connection(int port, string user, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = user,
            Password = password,
            Database = database,
            Pooling = false,
        }.ConnectionString;

    private static async Task<int> PortAsync(DockerEngine engine, string container, int port)
    {
        var published = await engine.RunAsync(["port", container.Trim(), port.ToString(CultureInfo.InvariantCulture)], Cancellation);
        return int.Parse(published.Trim().Split(':')[^1], CultureInfo.InvariantCulture);
    }

    private static Task AnswersAsync(string connection) =>
        Until.TrueAsync(
            async () =>
            {
                try
                {
                    await AskAsync(connection, "SELECT 1");
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(1),
            () => "PostgreSQL never answered.",
            Cancellation
        );

    private static async Task<object?> AskAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, open);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
