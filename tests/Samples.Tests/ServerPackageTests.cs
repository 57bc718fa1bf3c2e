using AspireDeploy.Workload;

namespace AspireDeploy.SampleTests;

/// <summary>Servers are published with Aspire's package for them alone, and who has none needs none.</summary>
public sealed class ServerPackageTests(PackedLibrary library)
{
    [Fact]
    public async Task Publish_PostgresByAspiresPackageAlone_MakesItsDatabases()
    {
        var output = await PublishAsync(
            "postgres",
            "#:package Aspire.Hosting.PostgreSQL@13.6.5",
            """builder.AddPostgres("postgres").AddDatabase("orders");"""
        );

        Assert.StartsWith(
            "SELECT 'CREATE DATABASE \"orders\"'",
            await File.ReadAllTextAsync(
                Path.Combine(output, "compose", "files", "postgres", "docker-entrypoint-initdb.d", "databases.sql"),
                Token
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Publish_RedisByAspiresPackageAlone_GivesItsPasswordByAFile()
    {
        var output = await PublishAsync("redis", "#:package Aspire.Hosting.Redis@13.6.5", """builder.AddRedis("cache");""");

        Assert.Contains(
            "exec redis-server /run/secrets/redis.conf",
            await File.ReadAllTextAsync(Path.Combine(output, "compose", "compose.yaml"), Token),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Publish_WithoutAnyServersPackage_NeedsNone()
    {
        var output = await PublishAsync("none", "", """builder.AddContainer("api", "docker.io/library/busybox", "1.37.0");""");

        Assert.Contains(
            "docker.io/library/busybox:1.37.0",
            await File.ReadAllTextAsync(Path.Combine(output, "compose", "compose.yaml"), Token),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(output, "bin"), "*.dll", SearchOption.AllDirectories), static file =>
            Path.GetFileName(file) is "Aspire.Hosting.PostgreSQL.dll" or "Aspire.Hosting.Redis.dll"
        );
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<string> PublishAsync(string name, string package, string declaration)
    {
        var folder = Directory.CreateDirectory(Path.Combine(library.Samples, name)).FullName;
        var output = Path.Combine(folder, "out");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "apphost.cs"),
            $"""
            #:sdk Aspire.AppHost.Sdk@13.6.4
            #:package Aspire.Hosting.AppHost@13.6.5
            #:package AspireDeploy.Hosting@{library.Version}
            #:property OutputPath={output}/bin
            {package}

            var builder = DistributedApplication.CreateBuilder(args);
            {declaration}
            builder.AddDockerComposeTarget("compose");
            builder.Build().Run();
            """,
            Token
        );
        await using var publish = ServiceProcess.Command(
            folder,
            library.Environment,
            "run",
            "apphost.cs",
            "--",
            "--operation",
            "publish",
            "--output-path",
            output
        );
        Assert.True(await publish.EndAsync(Token) == 0, publish.Everything());
        return output;
    }
}
