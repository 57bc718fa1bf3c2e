using AspireDeploy.ServiceDefaults.Replicas;
using Microsoft.Extensions.Configuration;

namespace AspireDeploy.ServiceDefaults.Tests.Replicas;

public sealed class ReplicaNameTests
{
    [Fact]
    public void ReplicaName_EverySourceGiven_TheFirstWins()
    {
        Assert.Equal(
            "instance",
            Name(
                ("OTEL_SERVICE_INSTANCE_ID", "instance"),
                ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=attribute"),
                ("HOSTNAME", "host")
            )
        );
        Assert.Equal("attribute", Name(("OTEL_RESOURCE_ATTRIBUTES", "a=b, service.instance.id=attribute"), ("HOSTNAME", "host")));
        Assert.Equal(
            "api-attribute",
            Name(("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=attribute"), ("OTEL_SERVICE_NAME", "api"), ("HOSTNAME", "host"))
        );
        Assert.Equal("host", Name(("OTEL_RESOURCE_ATTRIBUTES", "a=b"), ("HOSTNAME", "host")));
        Assert.Equal(Environment.MachineName, Name());
    }

    [Theory]
    [InlineData("service.instance.id=a%2Cb", "a,b")]
    [InlineData("service.instance.id=a=b", "a=b")]
    [InlineData(" service.instance.id = x ,other=1", "x")]
    [InlineData("service.instance.idx=x", null)]
    [InlineData("=x,,service.instance.id", null)]
    [InlineData(null, null)]
    public void Attribute_List_IsReadAsTheSpecificationSays(string? attributes, string? expected)
    {
        Assert.Equal(expected, ReplicaName.Attribute(attributes, ReplicaName.InstanceAttribute));
    }

    [Fact]
    public async Task ReplicaHeader_AnyAnswer_NamesTheReplica()
    {
        await using var web = await RunningWeb.StartAsync([new("OTEL_SERVICE_INSTANCE_ID", "api-7")]);

        foreach (var path in new[] { "/health", "/nothing-here" })
        {
            using var answer = await web.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(["api-7"], answer.Headers.GetValues(ResponseHeaders.Replica));
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
        }
    }

    [Fact]
    public async Task ReplicaHeader_NameThatNoHeaderTakes_IsMadePrintable()
    {
        await using var web = await RunningWeb.StartAsync([new("OTEL_SERVICE_INSTANCE_ID", "größe\n1")]);

        using var answer = await web.Client.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.Equal(["gr--e-1"], answer.Headers.GetValues(ResponseHeaders.Replica));
    }

    private static string Name(params (string Key, string Value)[] settings) =>
        ReplicaName.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(settings.Select(setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)))
                .Build()
        );
}
