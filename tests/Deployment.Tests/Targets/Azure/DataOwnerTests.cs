using AspireDeploy.Model;
using AspireDeploy.Targets.Azure;
using AspireDeploy.Writers.Bicep;

namespace AspireDeploy.Tests.Targets.Azure;

/// <summary>Describes what tells one revision of an app that owns data from another, and what its container runs.</summary>
public class DataOwnerTests
{
    private static readonly Workload Cache = new()
    {
        Name = "cache",
        Image = new ImageReference("docker.io/library/redis", "8.6"),
        Restart = RestartPolicy.Always,
        Update = UpdateOrder.StopFirst,
        Mounts = [new("data", "/data")],
        Environment = [new("SIZE", [new ParameterReference("size")]), new("PASSWORD", [new SecretReference("password")])],
    };

    [Fact]
    public void Content_IsAllThatTheAppIsMadeOf_AndOfSecretsAFewLettersOfAHashOfAll() =>
        Assert.Matches(
            @"take\(uniqueString\('[0-9a-f]{8}', environmentId, parameter_size, take\(uniqueString\(resourceGroup\(\).id, '[0-9a-f]{8}', secret_password\), 4\)\), 8\)",
            Written(Cache)
        );

    [Fact]
    public void Content_OfTheSameApp_IsTheSame() =>
        Assert.Equal(ContentOf(Cache), ContentOf(Cache with { JobTimeout = TimeSpan.FromDays(1) }));

    [Fact]
    public void Content_OfAnotherApp_IsAnother() =>
        Assert.Equal(
            5,
            new[]
            {
                Cache,
                Cache with
                {
                    Image = new ImageReference("docker.io/library/redis", "8.7"),
                },
                Cache with
                {
                    Memory = new(Size.Gibibytes(1), Size.Gibibytes(2)),
                },
                Cache with
                {
                    Arguments = ["redis-server", "--save", "60"],
                },
                Cache with
                {
                    Files = [new("/etc/redis.conf", "save 60 1\n")],
                },
            }
                .Select(ContentOf)
                .Distinct()
                .Count()
        );

    [Fact]
    public void RevisionName_OfTheLongestApp_Fits()
    {
        var app = new string('a', AzureNames.Longest);

        // Each of the script's names has this form; Azure's limit is 54 characters.
        // (https://learn.microsoft.com/azure/container-apps/revisions#name-suffix)
        Assert.True($"{app}--r12345678-{uint.MaxValue:x}".Length <= 54);
        Assert.Contains(
            "next=\"r$CONTENT-$(printf %x \"$(date +%s)\")\"",
            DeploymentScript.Read("end-revisions.sh"),
            StringComparison.Ordinal
        );
        Assert.Contains("), 8)", Written(Cache), StringComparison.Ordinal);
    }

    [Fact]
    public void Hold_AKnownImage_RunsWhatItRanByItself() => Assert.Equal(["docker-entrypoint.sh", "redis-server"], HeldBy(Cache));

    [Fact]
    public void Hold_AnArgument_TakesThePlaceOfTheImagesCommand() =>
        Assert.Equal(["docker-entrypoint.sh", "redis-server", "--save"], HeldBy(Cache with { Arguments = ["redis-server", "--save"] }));

    [Fact]
    public void Hold_AnEntrypoint_TakesThePlaceOfTheImages_AndHasThatGiveUpRoot() =>
        Assert.Equal(
            ["/bin/sh", "-c", "exec docker-entrypoint.sh redis-server"],
            HeldBy(Cache with { Entrypoint = ["/bin/sh"], Arguments = ["-c", "exec redis-server"] })
        );

    [Fact]
    public void Hold_WhatHasItsDataElsewhere_IsNotHeld() =>
        Assert.Null(DataOwner.Hold(Cache with { Mounts = [new("data", "/var/lib/redis")] }));

    [Fact]
    public void Hold_AnImageThatIsNotKnown_IsNotHeld() =>
        Assert.Null(DataOwner.Hold(Cache with { Image = new ImageReference("docker.io/example/search", "1") }));

    [Fact]
    public void Hold_WhatOwnsNoData_IsNotHeld() => Assert.Null(DataOwner.Hold(Cache with { Mounts = [] }));

    private static IEnumerable<string?> HeldBy(Workload workload) =>
        DataOwner.Hold(workload)!.Value.Arguments.Select(static argument => argument.AsLiteral);

    private static string ContentOf(Workload workload) => Written(workload).Split("uniqueString(")[1].Split(')')[0];

    private static string Written(Workload workload) =>
        BicepWriter.Write(
            new AzureContainerAppsTarget()
                .Modules(
                    new()
                    {
                        Name = "shop",
                        Workloads = [workload],
                        Volumes = [new("data")],
                        Parameters = [new("size")],
                        Secrets = [new("password")],
                    }
                )
                .Single(module => module.Resource == workload.Name)
                .Bicep
        );
}
