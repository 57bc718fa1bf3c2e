using AspireDeploy.Model;

namespace AspireDeploy.Tests.Reading;

public class DataReadingTests
{
    [Theory]
    [InlineData("16", "/var/lib/postgresql/data", "/var/lib/postgresql/data/data")]
    [InlineData("17.6-bookworm", "/var/lib/postgresql/data", "/var/lib/postgresql/data/data")]
    [InlineData("9.6-alpine", "/var/lib/postgresql/data", "/var/lib/postgresql/data/data")]
    [InlineData("18", "/var/lib/postgresql", null)]
    [InlineData("19beta1", "/var/lib/postgresql", null)]
    [InlineData("latest", "/var/lib/postgresql", null)]
    [InlineData("alpine", "/var/lib/postgresql", null)]
    public async Task Build_PostgresDataVolume_FollowsTheImagesVersion(string tag, string path, string? data)
    {
        foreach (
            var declare in new Action<IDistributedApplicationBuilder>[]
            {
                builder => builder.AddPostgres("pg").WithImageTag(tag).WithDataVolume(),
                builder => builder.AddPostgres("pg").WithDataVolume().WithImageTag(tag),
                builder => builder.AddContainer("pg", "postgres", tag).WithVolume("pg-data", "/var/lib/postgresql"),
                builder => builder.AddContainer("pg", "docker.io/library/postgres", tag).WithVolume("pg-data", "/var/lib/postgresql/data"),
            }
        )
        {
            var workload = await Planned.WorkloadAsync("pg", declare);
            Assert.Equal(new VolumeMount("pg-data", path), Assert.Single(workload.Mounts));
            Assert.Equal(data, workload.Environment.FirstOrDefault(static variable => variable.Name == "PGDATA")?.Value.AsLiteral);
        }
    }

    [Fact]
    public async Task Build_PlaceOfDataDeclared_Stands()
    {
        var workload = await Planned.WorkloadAsync("pg", builder =>
            builder
                .AddContainer("pg", "postgres", "16")
                .WithVolume("pg-data", "/var/lib/postgresql")
                .WithEnvironment("PGDATA", "/var/lib/postgresql/mine")
        );
        Assert.Equal(new VolumeMount("pg-data", "/var/lib/postgresql"), Assert.Single(workload.Mounts));
    }

    [Fact]
    public async Task Build_DigestWithoutTag_IsRefused() =>
        Assert.Equal(
            [
                $"pg.mounts./var/lib/postgresql/data: may not be where docker.io/library/postgres@sha256:{new string('a', 64)} "
                    + "keeps its data, as a digest doesn't tell the version; say it with WithEnvironment(\"PGDATA\", "
                    + "\"/var/lib/postgresql/data/data\"), or name the image by its tag",
            ],
            await Planned.RefusalsAsync(builder =>
                builder
                    .AddContainer("pg", "postgres")
                    .WithImageSHA256(new string('a', 64))
                    .WithVolume("pg-data", "/var/lib/postgresql/data")
            )
        );

    [Fact]
    public async Task Build_RedisDataVolume_IsWhereEveryVersionKeepsData() =>
        Assert.Equal(
            new VolumeMount("cache-data", "/data"),
            Assert.Single(
                (await Planned.WorkloadAsync("cache", builder => builder.AddRedis("cache").WithImageTag("7.4").WithDataVolume())).Mounts
            )
        );

    [Theory]
    [InlineData("16-alpine", 70)]
    [InlineData("18.1", 999)]
    public async Task Build_PostgresKind_RunsAsItsUser(string tag, int user) =>
        Assert.Equal(user, (await Planned.WorkloadAsync("pg", builder => builder.AddPostgres("pg").WithImageTag(tag))).Isolation.UserId);
}
